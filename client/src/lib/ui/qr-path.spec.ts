import { encode } from 'uqr';
import { qrModules, qrPath } from './qr-path.js';

const LINK = 'https://verbena.example/plaza/i/7K3M9PQR';

describe('I1 a link as a QR code', () => {
  test('its runs are exactly the dark modules', () => {
    const { size, data } = encode(LINK, { ecc: 'M', border: 4 });
    const { size: drawn, runs } = qrModules(LINK);
    const picture = Array.from({ length: drawn }, () => Array.from({ length: drawn }, () => false));
    for (const { x, y, length } of runs)
      for (let step = 0; step < length; step += 1) picture[y]?.splice(x + step, 1, true);
    expect(drawn).toBe(size);
    expect(picture).toEqual(data);
    expect(runs.length).toBeGreaterThan(size);
  });

  test('four quiet modules stand around it', () => {
    const { size, runs } = qrModules(LINK);
    expect(Math.min(...runs.map(({ x, y }) => Math.min(x, y)))).toBe(4);
    expect(Math.max(...runs.map(({ x, length }) => x + length))).toBe(size - 4);
  });

  test('the path draws a rectangle a run', () => {
    expect(qrPath({ size: 9, runs: [{ x: 4, y: 5, length: 3 }] })).toBe('M4 5h3v1h-3z');
  });
});
