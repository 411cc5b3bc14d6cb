import { ExternalId } from '@verbena/shared/platform/ids.js';
import { problemsOf } from '@verbena/server/platform/errors/problems-of-issues.js';
import { explainField } from '@verbena/shared/errors/explain-problem.js';
import * as z from 'zod/mini';
import { allRoutes, nameOf } from '#support/route-table.js';
import { type TextPlace, textPlaces } from '#support/text-places.js';

/** One text in two forms, and what an id or a name may be around it. */
const TEXTS = ['Peña', 'café 12', 'ext:Peña', 'Ångström', 'Ropa de niño, talla única'];

/** What is compared as it was sent, blanks and all: values, what names a definition, and passwords. Else blanks go or are refused. */
const TO_THE_LETTER = /(?:^|\.)(?:\*|type|value|x-unit|password|current|after)$/;

/** The longest and the shortest text that a place takes, made of letters that are two signs when apart, and one beyond each. */
function textsAtBounds({ schema }: TextPlace): string[] {
  const { minimum = 1, maximum = 300 } = schema._zod.bag as { minimum?: number; maximum?: number };
  const lengths = [minimum - 1, minimum, maximum, maximum + 1].filter((length) => length > 0);
  return lengths.flatMap((length) => ['é'.repeat(length), `ext:${'é'.repeat(Math.max(0, length - 4))}`]);
}

test('B6 B9 every text of every route is one, however its accents were sent, and measured as it is kept', async () => {
  const wrong: string[] = [];
  const taking = new Set<string>();
  for (const route of await allRoutes()) {
    for (const part of ['body', 'query'] as const) {
      if (route[part] === undefined) continue;
      for (const place of textPlaces(route[part])) {
        const name = `${nameOf(route)} ${place.path}`;
        for (const text of [...TEXTS, ...textsAtBounds(place)]) {
          const [whole, apart] = [text.normalize('NFC'), text.normalize('NFD')].map((form) => place.read(form));
          if (whole !== apart) wrong.push(`${name}: ${text.slice(0, 12)} gives ${whole} and ${apart}`);
          if (whole !== undefined) taking.add(name);
        }
        const blank = place.read(' Pena ');
        if (blank !== undefined && blank !== place.read('Pena') && !TO_THE_LETTER.test(place.path))
          wrong.push(`${name}: blanks around it stay`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect([...taking]).toEqual(
    expect.arrayContaining([
      'POST /programs/:program/activities member.externalId',
      'POST /programs/:program/activities attributes.*',
      'POST /programs/:program/members/:member/entries/:seq/return remaining.*',
      'POST /programs/:program/drafts/:draft/trial activity.attributes.*',
      'PATCH /programs/:program/members/:member/attributes attributes.*',
      'POST /programs/:program/members/:member/merges ends',
      'GET /programs/:program/members search',
      'POST /auth/login password',
    ]),
  );
});

test('A1 an external id with blanks around it is refused with its field, in the reader’s language', () => {
  for (const id of [' 12', '12\n', '\u00A012', '\u3000']) {
    const { error } = z.safeParse(z.strictObject({ externalId: ExternalId }), { externalId: id });
    const [problem, ...others] = problemsOf(error?.issues ?? []);
    expect(others).toEqual([]);
    expect(problem).toEqual({ path: ['externalId'], code: 'blanksAround' });
  }
  expect(explainField('blanksAround', {}, 'es')).toBe('No puede empezar ni acabar con espacios. Quítalos.');
  expect(explainField('blanksAround', {}, 'en')).toBe('It cannot begin or end with spaces. Take them away.');
});
