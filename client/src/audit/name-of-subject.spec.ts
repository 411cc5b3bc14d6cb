import type { LocalizedText } from '@verbena/shared/platform/localized-text.js';
import { nameOfSubject } from './name-of-subject.js';

const inSpanish = ({ es = '' }: LocalizedText) => es;

test('T2 what was changed is called as it was called last, and not at all where nobody said', () => {
  expect(nameOfSubject({ before: { name: 'Otoño' }, after: { name: 'Otoño 2026' } }, inSpanish)).toBe('Otoño 2026');
  expect(nameOfSubject({ before: { name: 'Otoño' }, after: null }, inSpanish)).toBe('Otoño');
  expect(nameOfSubject({ before: { name: { es: 'Otoño' } }, after: { edit: 2 } }, inSpanish)).toBe('Otoño');
  expect(nameOfSubject({ before: { name: 7 }, after: { edit: 2 } }, inSpanish)).toBeUndefined();
});
