import { FORUM_SECTIONS, FORUM_THREADS } from './forum.js';
import { nameDemoPeople } from './people.js';
import { DEPARTMENT_NAMES, showInSpanish } from './places.js';

test('people have names and aliases of their own, women and men, the same for the same seed', () => {
  for (const seed of [1, 2, 77]) {
    const people = nameDemoPeople(300, seed);
    expect(new Set(people.map(({ name }) => name)).size).toBe(300);
    expect(new Set(people.map(({ alias }) => alias)).size).toBe(300);
    for (const { name, alias } of people) {
      const [given, first, second] = name.split(' ');
      expect(given && first && second && first !== second).toBe(true);
      expect(alias).toMatch(/^\p{Lu}\p{L}+ \p{Ll}+$/u);
    }
    expect(nameDemoPeople(60, seed)).toEqual(people.slice(0, 60));
  }
  expect(nameDemoPeople(60, 1)).not.toEqual(nameDemoPeople(60, 2));
});

test('departments stay as many as they were, and amounts as they are', () => {
  expect(new Set(DEPARTMENT_NAMES.values()).size).toBe(DEPARTMENT_NAMES.size);
  const departments = [...DEPARTMENT_NAMES.keys()].map((name, index) => ({ name, amountMinor: index }));
  const shown = showInSpanish({ store: '367', departments });
  expect(shown.departments.map(({ amountMinor }) => amountMinor)).toEqual(
    departments.map(({ amountMinor }) => amountMinor),
  );
  expect(shown.departments.map(({ name }) => name)).toEqual([...DEPARTMENT_NAMES.values()]);
});

test('a basket that is mostly of one trade is from a shop of it, any other from a market, always the same', () => {
  const pastry = { store: '330', departments: [{ name: 'PASTRY', amountMinor: 250 }] };
  expect(['Panadería La Espiga', 'Horno San Telmo']).toContain(showInSpanish(pastry).store);
  expect(showInSpanish(pastry)).toEqual(showInSpanish(pastry));
  const mixed = {
    store: '330',
    departments: [
      { name: 'PASTRY', amountMinor: 250 },
      { name: 'DELI', amountMinor: 250 },
    ],
  };
  expect(showInSpanish(mixed).store).not.toBe(showInSpanish(pastry).store);
});

test('the threads of the forum stand in its sections, in the past, and answer to what stands before', () => {
  const sections = new Set(FORUM_SECTIONS.map(({ slug }) => slug));
  for (const { below } of FORUM_SECTIONS) expect(below === undefined || sections.has(below)).toBe(true);
  expect(new Set(FORUM_THREADS.map(({ key }) => key)).size).toBe(FORUM_THREADS.length);
  for (const { key, section, hoursAgo, posts, answer = 2 } of FORUM_THREADS) {
    const lastsHours = posts.reduce((sum, { after }) => sum + after, 0) / 60;
    expect([key, sections.has(section), lastsHours < hoursAgo, answer <= posts.length]).toEqual([
      key,
      true,
      true,
      true,
    ]);
    for (const [at, { replyTo = 1, author }] of posts.entries())
      expect([key, replyTo <= Math.max(at, 1), typeof author !== 'number' || author < 60]).toEqual([key, true, true]);
  }
});
