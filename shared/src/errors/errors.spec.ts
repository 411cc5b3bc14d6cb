import { explainError } from './explain-problem.js';

test.each([
  [1, '1 segundo', '1 second'],
  [45, '45 segundos', '45 seconds'],
  [1_049, 'unos 18 minutos', 'about 18 minutes'],
  [86_400, 'unas 24 horas', 'about 24 hours'],
])('#40 %p seconds are told as people tell them', (seconds, es, en) => {
  expect(explainError('rate.exceeded', { seconds }, 'es')).toContain(`Espera ${es} y sigue`);
  expect(explainError('account.tooMany', { seconds }, 'es')).toContain(`espera ${es}.`);
  expect(explainError('account.tooMany', { seconds }, 'en')).toContain(`wait ${en}.`);
});
