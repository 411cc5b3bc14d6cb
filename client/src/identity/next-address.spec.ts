import { nextAddress } from './next-address.js';

describe('next address', () => {
  test.each([
    ['/plaza/wallet/12', '/plaza/wallet/12'],
    ['/plaza?x=1', '/plaza?x=1'],
    [null, '/plaza'],
    ['https://evil.example/plaza', '/plaza'],
    ['//evil.example', '/plaza'],
    ['/plaza/../\\evil.example', '/plaza'],
    ['/plazamayor', '/plaza'],
    ['/plaza/login?next=/plaza/login', '/plaza'],
  ])('%s leads to %s', (wanted, address) => {
    expect(nextAddress(wanted, 'plaza')).toBe(address);
  });
});
