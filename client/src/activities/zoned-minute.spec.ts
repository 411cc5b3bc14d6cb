import { instantOf, minuteIn } from './zoned-minute.js';

describe('the minute on a wall of the program', () => {
  test('is read in the program’s zone, wherever the browser stands', () => {
    expect(instantOf('2026-11-22T19:30', 'Europe/Madrid')).toBe('2026-11-22T18:30:00.000Z');
    expect(instantOf('2026-07-22T19:30', 'Europe/Madrid')).toBe('2026-07-22T17:30:00.000Z');
    expect(instantOf('2026-07-22T19:30', 'America/Bogota')).toBe('2026-07-23T00:30:00.000Z');
    expect(minuteIn('Europe/Madrid', Date.parse('2026-11-22T18:30:59.000Z'))).toBe('2026-11-22T19:30');
    expect(minuteIn('Europe/Madrid', Date.parse('2026-11-22T23:05:00.000Z'))).toBe('2026-11-23T00:05');
  });

  test('every hour of the days on which the clocks change comes back as it was', () => {
    for (const day of ['2026-03-29', '2026-10-25']) {
      for (let hour = 0; hour < 24; hour += 1) {
        const minute = `${day}T${String(hour).padStart(2, '0')}:15`;
        const instant = instantOf(minute, 'Europe/Madrid') ?? '';
        const skipped = minute === '2026-03-29T02:15';
        expect(minuteIn('Europe/Madrid', Date.parse(instant))).toBe(skipped ? '2026-03-29T03:15' : minute);
      }
    }
    expect(instantOf('2026-10-25T02:15', 'Europe/Madrid')).toBe('2026-10-25T00:15:00.000Z');
  });

  test('what is no minute is none', () => {
    for (const text of [
      '',
      '2026-11-22',
      '2026-13-40T10:00',
      '2026-02-30T10:00',
      '0020-11-22T10:00',
      '12026-11-22T10:00',
      'ayer',
    ])
      expect(instantOf(text, 'Europe/Madrid')).toBeUndefined();
  });
});
