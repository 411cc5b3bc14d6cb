import { homeOf, nextAddress } from './next-address.js';

describe('next address', () => {
  test.each([
    ['/plaza/wallet/12', '/plaza/wallet/12'],
    ['/plaza?x=1', '/plaza?x=1'],
    [null, '/plaza'],
    ['https://evil.example/plaza', '/plaza'],
    ['//evil.example', '/plaza'],
    ['/plaza/../\\evil.example', '/plaza'],
    ['/plazamayor', '/plaza'],
    ['/console/plaza/members?search=luc', '/console/plaza/members?search=luc'],
    ['/console/plazamayor', '/plaza'],
    ['/console', '/plaza'],
    ['/plaza/login?next=/plaza/login', '/plaza'],
  ])('%s leads to %s', (wanted, address) => {
    expect(nextAddress(wanted, 'plaza')).toBe(address);
  });
});

describe('where somebody’s own pages are', () => {
  const at = (role: 'member' | 'manager' | 'owner', member: string | null) => ({
    enrolments: [{ program: { id: '01', slug: 'plaza', name: 'Plaza' }, role, member }],
  });

  test('staff that collect nothing have the console, everybody else the member area', () => {
    expect(homeOf(at('owner', null), 'plaza')).toBe('/console/plaza');
    expect(homeOf(at('manager', null), 'plaza')).toBe('/console/plaza');
    expect(homeOf(at('owner', '01M'), 'plaza')).toBe('/plaza');
    expect(homeOf(at('member', '01M'), 'plaza')).toBe('/plaza');
    expect(homeOf(at('owner', null), 'otra')).toBe('/otra');
    expect(homeOf(undefined, 'plaza')).toBe('/plaza');
  });

  test('a log-in without a wish leads there, a wish within the program goes first', () => {
    expect(nextAddress(null, 'plaza', '/console/plaza')).toBe('/console/plaza');
    expect(nextAddress('/console/plaza/keys', 'plaza', '/console/plaza')).toBe('/console/plaza/keys');
    expect(nextAddress('//evil.example', 'plaza', '/console/plaza')).toBe('/console/plaza');
  });
});
