import {
  KeyPermission,
  NEEDS_SECOND_FACTOR,
  Permission,
  PERMISSIONS_OF,
} from '@verbena/shared/identity/permissions.js';
import { Role } from '@verbena/shared/identity/role.js';
import type { Access } from '@verbena/shared/platform/route.js';
import type { Principal } from '#platform/http/principal.js';
import { type AccessQuestion, decideAccess, type Enrolment } from './decide-access.js';

const PLAZA = '01KATN8VJ4PAZA000000000000';
const OTHER = '01KATN8VJ40THER00000000000';
const MEMBER = '01KATN8VJ4MEMBER0000000000';
const NOW_MS = 1_800_000_000_000;
const user: Extract<Principal, { kind: 'user' }> = {
  kind: 'user',
  id: 'u',
  session: 's',
  isOperator: false,
  elevatedUntilMs: NOW_MS + 1,
};
const local: Principal = { kind: 'local' };
const anonymous: Principal = { kind: 'anonymous' };

function aKey(permissions: readonly Permission[], program = PLAZA): Principal {
  return { kind: 'key', id: 'k', program, mode: 'live', source: 'program', namespace: null, types: [], permissions };
}

function enrolledAs(role: Role, member: string | null = null): Enrolment {
  return { program: PLAZA, role, member };
}

function ask(question: Partial<AccessQuestion> & { access: Access; principal: Principal }) {
  return decideAccess({
    program: PLAZA,
    isSandbox: false,
    enrolment: null,
    memberRef: null,
    signup: 'operator',
    nowMs: NOW_MS,
    isLooking: false,
    ...question,
  });
}

const everyAccess: readonly Access[] = [
  'public',
  'signedIn',
  'local',
  ...Permission.options,
  { ownOr: 'members.read' },
];

test('anybody may see what is public, and nobody unknown anything else', () => {
  for (const access of everyAccess) {
    expect(ask({ access, principal: anonymous })).toBe(access === 'public' ? null : 'auth.required');
  }
});

test('commands of this machine may do everything', () => {
  for (const access of everyAccess) expect(ask({ access, principal: local })).toBeNull();
});

test('T22 a program without a place for the caller does not exist for him, whatever the right', () => {
  for (const access of everyAccess.filter((one) => one !== 'public')) {
    expect(ask({ access, principal: user })).toBe('program.notFound');
    expect(ask({ access, principal: { ...user, isOperator: true } })).toBe('program.notFound');
    expect(ask({ access, principal: aKey(Permission.options, OTHER) })).toBe('program.notFound');
    expect(ask({ access, principal: user, memberRef: 'me' })).toBe('program.notFound');
  }
});

test('a role may what its list says and nothing else', () => {
  for (const role of Role.options) {
    for (const access of Permission.options.filter((one) => one !== 'programs.create')) {
      const expected = PERMISSIONS_OF[role].includes(access) ? null : 'auth.forbidden';
      expect([role, access, ask({ access, principal: user, enrolment: enrolledAs(role) })]).toEqual([
        role,
        access,
        expected,
      ]);
    }
  }
});

test('a key may what it was given, never what a key cannot be given', () => {
  for (const held of KeyPermission.options) {
    for (const access of Permission.options) {
      expect(ask({ access, principal: aKey([held]) })).toBe(access === held ? null : 'auth.forbidden');
    }
  }
  expect(ask({ access: 'signedIn', principal: aKey(KeyPermission.options), program: null })).toBe('auth.forbidden');
});

test('what only this machine may do is refused to owners, operators and keys', () => {
  const owner = { ...user, isOperator: true };
  expect(ask({ access: 'local', principal: owner, enrolment: enrolledAs('owner') })).toBe('auth.forbidden');
  expect(ask({ access: 'local', principal: aKey(KeyPermission.options) })).toBe('auth.forbidden');
});

test('operators create programs; where sign-up is open everybody with a login does', () => {
  const access = 'programs.create';
  expect(ask({ access, principal: user, program: null })).toBe('auth.forbidden');
  expect(ask({ access, principal: { ...user, isOperator: true }, program: null })).toBeNull();
  expect(ask({ access, principal: user, program: null, signup: 'open' })).toBeNull();
  expect(ask({ access, principal: aKey(KeyPermission.options), program: null, signup: 'open' })).toBe('auth.forbidden');
});

describe('what gives points', () => {
  const notShown = { ...user, elevatedUntilMs: null };
  const over = { ...user, elevatedUntilMs: NOW_MS };

  test('asks a person for the second factor, once the role allows it at all', () => {
    for (const role of Role.options) {
      for (const access of Permission.options.filter((one) => one !== 'programs.create')) {
        const held = PERMISSIONS_OF[role].includes(access);
        const expected = !held ? 'auth.forbidden' : NEEDS_SECOND_FACTOR.has(access) ? 'auth.secondFactorNeeded' : null;
        for (const principal of [notShown, over])
          expect([access, ask({ access, principal, enrolment: enrolledAs(role) })]).toEqual([access, expected]);
        expect(ask({ access, principal: user, enrolment: enrolledAs(role) })).toBe(held ? null : 'auth.forbidden');
      }
    }
  });

  test('#34 nor a person who only looks, but for kept mails and for a copy of somebody’s data', () => {
    const enrolment = enrolledAs('owner');
    const asked = PERMISSIONS_OF.owner.filter(
      (access) => ask({ access, principal: notShown, enrolment, isLooking: true }) === 'auth.secondFactorNeeded',
    );
    expect(asked).toEqual(['mails.read', 'members.claim', 'members.write', 'points.hold']);
    expect(ask({ access: 'keys.manage', principal: user, enrolment: enrolledAs('manager'), isLooking: true })).toBe(
      'auth.forbidden',
    );
  });

  test('asks no key, no command of this machine, and no member about itself', () => {
    for (const access of KeyPermission.options) expect(ask({ access, principal: aKey([access]) })).toBeNull();
    for (const access of NEEDS_SECOND_FACTOR) {
      expect(ask({ access, principal: local })).toBeNull();
      const own: Access = { ownOr: access };
      const enrolment = enrolledAs('owner', MEMBER);
      expect(ask({ access: own, principal: notShown, enrolment, memberRef: 'me' })).toBeNull();
      expect(ask({ access: own, principal: notShown, enrolment, memberRef: OTHER })).toBe('auth.secondFactorNeeded');
    }
    expect(ask({ access: 'signedIn', principal: notShown, program: null })).toBeNull();
  });
});

describe('what belongs to a member', () => {
  const access: Access = { ownOr: 'members.read' };

  test('is open to that member by either name, and to nobody else without the right', () => {
    const enrolment = enrolledAs('member', MEMBER);
    expect(ask({ access, principal: user, enrolment, memberRef: 'me' })).toBeNull();
    expect(ask({ access, principal: user, enrolment, memberRef: MEMBER })).toBeNull();
    expect(ask({ access, principal: user, enrolment, memberRef: OTHER })).toBe('auth.forbidden');
    expect(ask({ access, principal: user, enrolment, memberRef: `ext:${MEMBER}` })).toBe('auth.forbidden');
    expect(ask({ access, principal: user, enrolment, memberRef: null })).toBe('auth.forbidden');
  });

  test('is open to staff and keys with the right', () => {
    expect(ask({ access, principal: user, enrolment: enrolledAs('manager'), memberRef: MEMBER })).toBeNull();
    expect(ask({ access, principal: aKey(['members.read']), memberRef: 'ext:card-1' })).toBeNull();
    expect(ask({ access, principal: aKey(['activities.read']), memberRef: MEMBER })).toBe('auth.forbidden');
  });

  test('"me" is nobody for whoever has no member there', () => {
    expect(ask({ access, principal: user, enrolment: enrolledAs('owner'), memberRef: 'me' })).toBe('member.notFound');
    expect(ask({ access, principal: aKey(['members.read']), memberRef: 'me' })).toBe('member.notFound');
    expect(ask({ access, principal: local, memberRef: 'me' })).toBe('member.notFound');
  });
});

describe('#47 the sandbox', () => {
  const sandbox = { isSandbox: true, enrolment: enrolledAs('owner', 'm1') };
  const testKey = (...permissions: Permission[]) => ({ ...aKey(permissions), mode: 'test' }) as Principal;

  test('Z25 a test key does there what it may; a live one, and a member, find no such program', () => {
    expect(ask({ access: 'activities.write', principal: testKey('activities.write'), isSandbox: true })).toBeNull();
    expect(ask({ access: 'points.hold', principal: testKey('activities.write'), isSandbox: true })).toBe(
      'auth.forbidden',
    );
    expect(ask({ access: 'activities.write', principal: aKey(['activities.write']), isSandbox: true })).toBe(
      'program.notFound',
    );
    expect(ask({ access: 'definitions.read', principal: user, isSandbox: true, enrolment: enrolledAs('member') })).toBe(
      'program.notFound',
    );
  });

  test('Z25 staff look at it and change nothing; nobody joins, is claimed or is a member there', () => {
    for (const access of ['members.read', 'activities.read', 'definitions.read'] as const)
      expect(ask({ access, principal: user, ...sandbox })).toBeNull();
    for (const access of [
      'points.give',
      'keys.manage',
      'drafts.write',
      'activities.reverse',
      'programs.write',
    ] as const)
      expect(ask({ access, principal: user, ...sandbox })).toBe('sandbox.refused');
    expect(ask({ access: 'joining', principal: user, ...sandbox })).toBe('sandbox.refused');
    expect(ask({ access: 'members.claim', principal: testKey('members.claim'), isSandbox: true })).toBe(
      'sandbox.refused',
    );
    const own = { ownOr: 'members.write' } as const;
    expect(ask({ access: own, principal: user, ...sandbox, memberRef: 'me' })).toBe('member.notFound');
    expect(ask({ access: own, principal: user, ...sandbox, memberRef: 'm1' })).toBe('sandbox.refused');
  });
});
