import { execFileSync } from 'node:child_process';
import { ActivityDraft } from '@verbena/shared/activities/activities.routes.js';
import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import { exampleOf, writeCurl } from './curl-example.js';

const type: ActivityType = {
  id: 'purchase',
  rev: 1,
  name: { es: 'Compra' },
  attributes: {
    type: 'object',
    required: ['totalMinor'],
    properties: {
      totalMinor: { type: 'integer', minimum: 0, 'x-unit': 'EUR' },
      store: { type: 'string', enum: ["L'Art"] },
      bags: { type: 'integer', minimum: 3 },
      code: { type: 'string', minLength: 9, maxLength: 10 },
      short: { type: 'string', maxLength: 2 },
      gift: { type: 'boolean' },
      none: { type: 'array', maxItems: 0, items: { type: 'string' } },
      lines: { type: 'array', items: { type: 'object', properties: { amountMinor: { type: 'integer', maximum: 5 } } } },
    },
  },
};
const given = {
  origin: 'https://plaza.example',
  program: 'plaza',
  secret: 'clave-secreta',
  key: 'ticket-7f3a',
  permissions: ['activities.write'] as const,
  type,
};

/** What a shell hands to the command. */
const argumentsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\n'")], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');

describe('the command that is pasted into a terminal', () => {
  test('sends an activity that the contract takes, also with a quote in it', () => {
    const words = argumentsOf(writeCurl(given));
    expect(words.slice(0, 3)).toEqual(['-X', 'POST', 'https://plaza.example/api/v1/programs/plaza/activities']);
    expect(words).toContain('Authorization: Bearer clave-secreta');
    const draft = ActivityDraft.parse(JSON.parse(words.at(-1) ?? ''));
    expect(draft).toMatchObject({
      key: 'ticket-7f3a',
      type: 'purchase',
      attributes: { totalMinor: 1_240, store: "L'Art" },
    });
  });

  test('each value is one that its schema takes', () => {
    expect(exampleOf(type.attributes)).toEqual({
      totalMinor: 1_240,
      store: "L'Art",
      bags: 3,
      code: 'Ejemplooo',
      short: 'Ej',
      gift: true,
      none: [],
      lines: [{ amountMinor: 1 }],
    });
  });

  test('a key that may only read reads', () => {
    const at = (permissions: Parameters<typeof writeCurl>[0]['permissions']) =>
      argumentsOf(writeCurl({ ...given, permissions }))[0];
    expect(at(['members.read'])).toBe('https://plaza.example/api/v1/programs/plaza/members');
    expect(at(['activities.read'])).toBe('https://plaza.example/api/v1/programs/plaza/activities/ticket-7f3a');
    expect(at(['definitions.read'])).toBe('https://plaza.example/api/v1/programs/plaza/definitions');
  });
});
