import { findModuleFiles } from '#lib/find-module-files.js';
import { type KeptAddresses, WhatIsKept, ownerOf } from './what-is-kept.js';

const modules = await Promise.all(
  findModuleFiles('.offline.ts').map(async (file) => ((await import(file)) as { kept: KeptAddresses }).kept),
);
const what = new WhatIsKept(modules);

const at = (path: string) => new URL(path, 'https://verbena.example/api/v1/');

test.each([
  'me',
  'programs/plaza',
  'programs/plaza/definitions',
  'programs/plaza/members/me',
  'programs/plaza/members/me/standing',
  'programs/plaza/members/me/missions',
  'programs/plaza/members/me/entries?limit=4',
  'programs/plaza/members/me/entries?limit=20&only=points',
  'programs/plaza/boards',
  'programs/plaza/boards/semana?limit=25',
  'programs/plaza/boards/semana?limit=25&run=2026-W47',
  'programs/plaza/boards/semana/runs?limit=12',
  'programs/plaza/profiles/luz',
])('#81 #46 GET %s is kept for reading without a connection', (path) => {
  expect(what.isKept('GET', at(path))).toBe(true);
  expect(what.isKept('POST', at(path))).toBe(false);
});

test.each([
  'auth/refresh',
  'auth/login',
  'me/sessions',
  'me/second-factor',
  'me?as=other',
  'only-program',
  'programs/plaza/keys',
  'programs/plaza/mails',
  'programs/plaza/audit',
  'programs/plaza/members',
  'programs/plaza/members/01JD0000000000000000000000',
  'programs/plaza/members/01JD0000000000000000000000/standing',
  'programs/plaza/members/ext:4711/entries',
  'programs/plaza/members/me/entries/7',
  'programs/plaza/members/me/entries?limit=20&before=40',
  'programs/plaza/members/me/referrals',
  'programs/plaza/podium',
  'programs/plaza/boards/rebuild/now',
  'programs/plaza/profiles',
])('#81 %s never is', (path) => {
  expect(what.isKept('GET', at(path))).toBe(false);
});

test('#81 nor anything outside the API', () => {
  expect(what.isKept('GET', new URL('https://verbena.example/plaza'))).toBe(false);
  expect(what.isKept('GET', new URL('https://verbena.example/x/api/v1/me'))).toBe(false);
});

const token = (payload: unknown) => `Bearer x.${btoa(JSON.stringify(payload)).replaceAll('=', '')}.y`;

test.each([
  [token({ sub: '01JD0000000000000000000000', sid: 'x' }), '01JD0000000000000000000000'],
  [token({ sub: '' }), undefined],
  [token({ sub: 7 }), undefined],
  [token(null), undefined],
  ['Bearer', undefined],
  ['Bearer x.%%.y', undefined],
  [null, undefined],
])('#81 whose answer it is: %s', (authorization, owner) => {
  expect(ownerOf(authorization)).toBe(owner);
});
