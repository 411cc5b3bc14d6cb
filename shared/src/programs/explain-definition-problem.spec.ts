import { explainDefinitionProblem } from './explain-definition-problem.js';
import { es } from './programs.es.js';

test.each(Object.keys(es))('%s has a sentence in both languages that names what it is about', (code) => {
  const named = { id: 'oro', field: 'totalMinor', name: 'zeta', value: 'sur', told: 'post', type: 'string' };
  const params = { ...named, maximum: 1_000_000, yearMin: 1900, yearMax: 2100 };
  for (const language of ['es', 'en'] as const) {
    const sentence = explainDefinitionProblem({ path: [], code, params }, language);
    expect(sentence).toMatch(/^[\p{Lu}].*\.$/u);
    expect(sentence).not.toMatch(/undefined|NaN|1000000/);
  }
});

test('a problem of one field reads as it does in any form', () => {
  const problem = { path: ['rules', 0, 'id'], code: 'required' };
  expect(explainDefinitionProblem(problem, 'es')).toBe('Falta este campo.');
  expect(explainDefinitionProblem({ path: [], code: 'definition.tooDeep', params: { maximum: 8 } }, 'es')).toBe(
    'Unas definiciones ponen en marcha a otras en más de 8 pasos, o en círculo.',
  );
});
