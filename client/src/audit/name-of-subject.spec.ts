import { nameOfSubject } from './name-of-subject.js';

test('T2 what was changed is called as it was called last, and not at all where nobody said', () => {
  expect(nameOfSubject({ before: { name: 'Otoño' }, after: { name: 'Otoño 2026' } })).toBe('Otoño 2026');
  expect(nameOfSubject({ before: { name: 'Otoño' }, after: null })).toBe('Otoño');
  expect(nameOfSubject({ before: { name: { es: 'Otoño' } }, after: { edit: 2 } })).toBeUndefined();
});
