import { DaySlider, madeAtMs } from './day-slider.js';

const MADRID = 'Europe/Madrid';
const slider = new DaySlider(Date.parse('2026-10-24T09:00:00Z'), Date.parse('2026-11-02T12:00:00Z'), MADRID);

test('C11 the slider has a position for each local day, and each is the end of its day', () => {
  expect(slider.last).toBe(9);
  expect([slider.dateAt(0), slider.dateAt(9)]).toEqual(['2026-10-24', '2026-11-02']);
  expect(slider.momentAt(0)).toBe('2026-10-24T21:59:59.999Z');
  // The day on which the clocks go back has 25 hours.
  expect(slider.momentAt(1)).toBe('2026-10-25T22:59:59.999Z');
});

test('C11 the last position is now, and no position lies beyond it', () => {
  expect(slider.momentAt(9)).toBe('2026-11-02T12:00:00.000Z');
  expect(slider.momentAt(400)).toBe('2026-11-02T12:00:00.000Z');
});

test('C11 a moment stands at the position of its local day, wherever it lies', () => {
  expect(slider.positionOf('2026-10-24T22:30:00.000Z')).toBe(1);
  expect(slider.positionOf('2020-01-01T00:00:00.000Z')).toBe(0);
  expect(slider.positionOf('2030-01-01T00:00:00.000Z')).toBe(9);
});

test('a slider of one day has one position', () => {
  const today = new DaySlider(Date.parse('2026-11-02T08:00:00Z'), Date.parse('2026-11-02T12:00:00Z'), MADRID);
  expect([today.last, today.momentAt(0)]).toEqual([0, '2026-11-02T12:00:00.000Z']);
});

test('an id tells when it was made', () => {
  expect(madeAtMs('01ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(1_469_922_850_259);
});
