import { DEMO_PASSWORD } from '@verbena/seeds/demo/plaza.js';
import { chooseDemoPassword, demoCurl } from './demo-file.js';

test('the documented password is only for a server that nobody else reaches', () => {
  expect(chooseDemoPassword(null, {})).toBe(DEMO_PASSWORD);
  expect(chooseDemoPassword(null, { HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000' })).toBe(DEMO_PASSWORD);
  for (const env of [{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://plaza.example' }]) {
    const one = chooseDemoPassword(null, env);
    expect(one).not.toBe(DEMO_PASSWORD);
    expect(one.length).toBeGreaterThanOrEqual(16);
    expect(chooseDemoPassword(null, env)).not.toBe(one);
  }
});

test('the command to paste is a purchase with a key of its own each time', () => {
  const curl = demoCurl('vk_secret');
  expect(curl).toContain('{url}/api/v1/programs/plaza/activities');
  expect(curl).toContain("Bearer vk_secret'");
  const body = /-d '(.*)'$/s.exec(curl)?.[1]?.replace("'$(date +%s)'", '1') ?? '';
  expect(JSON.parse(body)).toMatchObject({ key: 'demo-1', type: 'purchase', attributes: { totalMinor: 4_850 } });
});
