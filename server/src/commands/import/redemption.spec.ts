import { readRedemption } from './redemption.js';
import { UnreadableRow } from './row.js';

const row = { household_id: '1029', coupon_upc: '51380041013', campaign_id: '26', redemption_date: '2017-01-01' };

test('a redemption happened at noon of its date in the program’s zone; identical lines have one key', () => {
  expect(readRedemption(row, 'Europe/Madrid')).toEqual({
    key: '1029:51380041013:26:2017-01-01',
    type: 'coupon.redeemed',
    member: { externalId: '1029' },
    occurredAt: '2017-01-01T11:00:00.000Z',
    channel: 'import',
    attributes: { coupon: '51380041013', campaign: '26' },
  });
  const summer = readRedemption({ ...row, redemption_date: '2017-06-30' }, 'Europe/Madrid');
  expect(summer.occurredAt).toBe('2017-06-30T10:00:00.000Z');
});

test('a shift moves the date by whole weeks, noon stays noon, the key keeps the original date', () => {
  const shifted = readRedemption({ ...row, redemption_date: '2017-03-22' }, 'Europe/Madrid', 1);
  expect(shifted).toMatchObject({ key: '1029:51380041013:26:2017-03-22', occurredAt: '2017-03-29T10:00:00.000Z' });
});

test.each(['2017-02-29', '0017-01-01', '2017-1-1', '01/02/2017', ''])(
  'a date like %j is refused',
  (redemption_date) => {
    expect(() => readRedemption({ ...row, redemption_date }, 'Europe/Madrid')).toThrow(UnreadableRow);
  },
);
