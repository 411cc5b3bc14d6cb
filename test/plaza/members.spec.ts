import { shoppingCentre } from '@verbena/seeds/presets/shopping-centre.js';
import { aCompiledProgram, aPurchase, EngineRun, MEMBER } from '#support/engine-run.js';

const ADVOCATE = '01J0000000000000000000ADV0';
const at = (date: string, hour = '10:00') => `${date}T${hour}:00.000Z`;

function joined(date: string, advocate: string | null = ADVOCATE): EngineRun {
  const run = new EngineRun(aCompiledProgram());
  run.submit({ type: 'member.joined', occurredAt: at(date), attributes: advocate === null ? {} : { advocate } });
  return run;
}

const qualifies = (run: EngineRun, total: number, date: string, hour?: string) =>
  run.submit(aPurchase(total, at(date, hour))).effects.some(({ type }) => type === 'referral.qualified');

describe('an invitation counts', () => {
  test('I2 with the first purchase above 0: both sides are caused, by role, dated and named by that purchase', () => {
    const run = joined('2017-05-02');
    expect(run.state.invitedBy).toEqual({ advocate: ADVOCATE, from: '2017-05-02', until: '2017-06-01' });
    expect(qualifies(run, 0, '2017-05-03')).toBe(false);
    const decision = run.submit(aPurchase(1_000, at('2017-05-04')));
    expect(decision.effects).toContainEqual({ type: 'referral.qualified', referral: 'amiga', advocate: ADVOCATE });
    expect(decision.receipt.fired).toContainEqual({ kind: 'referral', id: 'amiga', rev: 1 });
    const occurredAt = at('2017-05-04');
    expect(decision.caused).toEqual([
      {
        key: `referral:${MEMBER}:friend`,
        member: MEMBER,
        type: 'referral.qualified',
        occurredAt,
        attributes: { role: 'friend', other: ADVOCATE, purchase: 'k3' },
      },
      {
        key: `referral:${MEMBER}:advocate`,
        member: ADVOCATE,
        type: 'referral.qualified',
        occurredAt,
        attributes: { role: 'advocate', other: MEMBER, purchase: 'k3' },
      },
    ]);
    const type = run.program.activityTypes.get('referral.qualified');
    expect(
      decision.caused.flatMap(({ attributes }) => type?.validate(attributes) ?? [{ path: [], code: 'unknown' }]),
    ).toEqual([]);
    // Once, whatever comes later.
    expect(run.state).not.toHaveProperty('invitedBy');
    expect(qualifies(run, 1_000, '2017-05-05')).toBe(false);
  });

  test('I2 within thirty days of joining, cut in the program’s zone, and not for what came before', () => {
    expect(qualifies(joined('2017-05-02'), 100, '2017-06-01', '21:59')).toBe(true);
    expect(qualifies(joined('2017-05-02'), 100, '2017-06-01', '22:00')).toBe(false);
    expect(qualifies(joined('2017-05-02'), 100, '2017-05-02', '09:00')).toBe(true);
    expect(qualifies(joined('2017-05-02'), 100, '2017-05-01', '09:00')).toBe(false);
  });

  test.each([10, 90])('I2 #10 B10 the days are those of joining, also under a version that gives %i', (withinDays) => {
    const under = ({ referrals, ...others }: typeof shoppingCentre) =>
      aCompiledProgram({ definitions: { ...others, referrals: referrals.map((one) => ({ ...one, withinDays })) } });
    for (const [date, counts] of [
      ['2017-05-01', false],
      ['2017-05-03', true],
      ['2017-06-01', true],
      ['2017-06-02', false],
    ] as const) {
      const run = joined('2017-05-02');
      run.program = under(shoppingCentre);
      expect([date, qualifies(run, 1_000, date, '09:00')]).toEqual([date, counts]);
    }
  });

  test('I2 nobody invites themselves, and nobody’s invitation counts twice, by whatever code they join again', () => {
    expect(joined('2017-05-02', MEMBER).state).not.toHaveProperty('invitedBy');
    expect(qualifies(joined('2017-05-02', null), 100, '2017-05-03')).toBe(false);
    const run = joined('2017-05-02');
    expect(qualifies(run, 100, '2017-05-03')).toBe(true);
    run.submit({ type: 'member.left', occurredAt: at('2017-05-04'), attributes: {} });
    run.submit({ type: 'member.joined', occurredAt: at('2017-05-05'), attributes: { advocate: ADVOCATE } });
    expect(qualifies(run, 100, '2017-05-06')).toBe(false);
  });

  test('I2 the purchase taken back takes both rewards back, and the invitation stays used', () => {
    const run = joined('2017-05-02');
    run.submit(aPurchase(1_000, at('2017-05-04')));
    const decision = run.reverse(2, at('2017-05-06'));
    expect(decision.effects[0]).toMatchObject({ type: 'activity.reversed', seq: 2, activity: 'purchase', causes: 2 });
    expect(decision.caused).toMatchObject([
      { key: `reversal:referral:${MEMBER}:friend`, member: MEMBER, type: 'referral.qualified.reversed' },
      { key: `reversal:referral:${MEMBER}:advocate`, member: ADVOCATE, type: 'referral.qualified.reversed' },
    ]);
    expect(qualifies(run, 1_000, '2017-05-07')).toBe(false);
  });
});

describe('a member that left', () => {
  test('A5 is refused everything but being taken back, the clock, and coming again', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(5_000, at('2017-05-02')));
    run.submit({ type: 'member.left', occurredAt: at('2017-05-03'), attributes: {} });
    const refused = run.submit(aPurchase(1_000, at('2017-05-04')));
    expect(refused).toMatchObject({ outcome: 'refused', refusal: 'member.left', lines: [], effects: [], caused: [] });
    expect(run.state.seq).toBe(3);
    expect(run.reverse(1, at('2017-05-05'))).toMatchObject({ outcome: 'accepted', lines: [{ amount: -50 }] });
    run.submit({ type: 'member.joined', occurredAt: at('2017-05-06'), attributes: {} });
    expect(run.submit(aPurchase(1_000, at('2017-05-09')))).toMatchObject({ outcome: 'accepted' });
    expect(run.balance).toBe(10);
  });

  test('A5 the clock still strikes', () => {
    const run = new EngineRun(aCompiledProgram());
    run.submit(aPurchase(5_000, at('2017-05-02')));
    run.submit({ type: 'member.left', occurredAt: at('2017-05-03'), attributes: {} });
    run.strike(at('2018-05-03'));
    expect(run.balance).toBe(0);
  });
});
