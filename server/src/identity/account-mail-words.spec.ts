import { type AccountMail, writeAccountMail } from './account-mail-words.js';

const TELLING = ['passwordChanged', 'secondFactorSet', 'secondFactorRemoved'] as const;
const MAILS: readonly AccountMail[] = ['verify', 'reset', ...TELLING];
const link = 'https://club.example/plaza/verify#code=abc';
const given = { name: 'Ana', place: 'Plaza Verbena', link };

test('every mail is signed and speaks to its reader in both languages, each in its own words', () => {
  for (const mail of MAILS) {
    const [es, en] = (['es', 'en'] as const).map((language) => writeAccountMail(mail, { ...given, language }));
    expect(es?.text).toMatch(/^Hola, Ana:\n\n[^]+\n\nHasta pronto,\nPlaza Verbena\n$/);
    expect(en?.text).toMatch(/^Hello Ana,\n\n[^]+\n\nSee you soon,\nPlaza Verbena\n$/);
    expect(es?.subject).toContain('Plaza Verbena');
    expect(en?.subject).not.toBe(es?.subject);
    expect(es?.text.replace(link, '')).not.toMatch(/\b(?:the|your|password|e-?mail|link|login|click)\b/i);
  }
});

test('what asks for something has its link alone on a line; what tells of a change has none', () => {
  for (const mail of ['verify', 'reset'] as const)
    expect(writeAccountMail(mail, { ...given, language: 'es' }).text.split('\n')).toContain(link);
  for (const mail of TELLING) expect(writeAccountMail(mail, { ...given, language: 'es' }).text).not.toMatch(/https?:/);
});

test('a name that is none is not said', () => {
  for (const name of ['Gana 500 en http://x.example', 'x.example', 'a\nb', '<b>Ana</b>', '', 'A'.repeat(60)]) {
    expect(writeAccountMail('verify', { ...given, name, language: 'es' }).text).toMatch(/^Hola:\n/);
  }
  expect(writeAccountMail('verify', { ...given, name: 'José Mª Núñez-O’Neill', language: 'es' }).text).toMatch(
    /^Hola, José/,
  );
});
