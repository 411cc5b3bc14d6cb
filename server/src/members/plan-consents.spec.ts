import type { ConsentDraft } from '@verbena/shared/members/consents.js';
import type { LegalState } from '@verbena/shared/programs/legal.js';
import { mustAccept, planConsents } from './plan-consents.js';

const at = new Date('2026-11-20T10:00:00Z');
const text = { es: 'Quiero recibir ofertas' };
const legal = (given: Partial<LegalState> = {}): LegalState => ({
  ...{ version: 3, publishedAt: '2026-11-01T10:00:00.000Z', acceptFrom: 2, ageMin: null, languages: ['es'] },
  purposes: [{ id: 'ofertas', text, since: 2 }],
  ...given,
});
const nobody = { accepted: null, consents: {} };
const accepted = (version: number) => ({ version, at: new Date(0), language: 'es' as const });
const said = (given: Partial<ConsentDraft> = {}): ConsentDraft => ({ version: 3, language: 'es', ...given });
const itself = { isJoining: false, mayGive: true, at };
const joining = { ...itself, isJoining: true };
const refused = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    const { code, fields } = error as { code: string; fields: { path: unknown[]; code: string }[] };
    return [code, ...fields.map(({ path }) => path.join('.'))];
  }
  return ['done'];
};

describe('#4 V2 what somebody says to the legal texts', () => {
  test('joining takes the acceptance and, where there is one, the word for the minimal age; both are named', () => {
    const adults = legal({ ageMin: 18 });
    expect(refused(() => planConsents(nobody, adults, undefined, joining))).toEqual([
      'legal.notAccepted',
      'consents.accepts',
      'consents.ofAge',
    ]);
    expect(refused(() => planConsents(nobody, adults, said({ accepts: true }), joining))).toEqual([
      'legal.notAccepted',
      'consents.ofAge',
    ]);
    expect(refused(() => planConsents(nobody, adults, said({ accepts: false, ofAge: true }), joining))).toEqual([
      'legal.notAccepted',
      'consents.accepts',
    ]);
    expect(planConsents(nobody, adults, said({ accepts: true, ofAge: true }), joining)).toEqual({
      change: { accepted: { version: 3, language: 'es', at }, consents: {} },
      records: [{ act: 'accepted', purpose: null, version: 3, language: 'es' }],
    });
  });

  test('who comes back and accepted what is asked joins without a word; a program without texts asks nobody', () => {
    const before = { accepted: accepted(2), consents: { ofertas: 2 } };
    expect(planConsents(before, legal(), undefined, joining)).toEqual({ change: before, records: [] });
    expect(planConsents(nobody, null, undefined, joining)).toEqual({ change: nobody, records: [] });
    expect(refused(() => planConsents({ ...before, accepted: accepted(1) }, legal(), undefined, joining))).toContain(
      'consents.accepts',
    );
  });

  test('whoever read another version reads again, also where there is none any more', () => {
    expect(refused(() => planConsents(nobody, legal(), said({ version: 2, accepts: true }), itself))).toEqual([
      'legal.changed',
    ]);
    expect(refused(() => planConsents(nobody, null, said(), itself))).toEqual(['legal.changed']);
  });

  test('yes and no to a purpose, each written down once; the same again writes nothing', () => {
    const yes = planConsents(nobody, legal(), said({ purposes: { ofertas: true } }), itself);
    expect(yes.change.consents).toEqual({ ofertas: 3 });
    expect(yes.records).toEqual([{ act: 'given', purpose: 'ofertas', version: 3, language: 'es' }]);
    expect(planConsents(yes.change, legal(), said({ purposes: { ofertas: true } }), itself).records).toEqual([]);
    const no = planConsents(yes.change, legal(), said({ purposes: { ofertas: false } }), itself);
    expect([no.change.consents, no.records[0]?.act]).toEqual([{}, 'withdrawn']);
  });

  test('a yes to another sentence is none: it can be said anew', () => {
    const plan = planConsents(
      { ...nobody, consents: { ofertas: 1 } },
      legal(),
      said({ purposes: { ofertas: true } }),
      itself,
    );
    expect(plan.records).toHaveLength(1);
  });

  test('staff withdraw and never give; a purpose that there is not is named', () => {
    const staff = { ...itself, mayGive: false };
    const given = { accepted: accepted(3), consents: { ofertas: 3 } };
    for (const draft of [said({ accepts: true }), said({ purposes: { ofertas: true } })])
      expect(refused(() => planConsents(given, legal(), draft, staff))).toEqual(['consent.notOwn']);
    expect(planConsents(given, legal(), said({ purposes: { ofertas: false } }), staff).records).toHaveLength(1);
    for (const id of ['nada', 'constructor'])
      expect(refused(() => planConsents(given, legal(), said({ purposes: { [id]: false } }), itself))).toEqual([
        'input.invalid',
        `purposes.${id}`,
      ]);
  });

  test('the language is the one in which the text stood there', () => {
    const plan = planConsents(nobody, legal(), said({ accepts: true, language: 'en' }), itself);
    expect(plan.change.accepted?.language).toBe('es');
  });

  test('who has to accept', () => {
    expect(mustAccept(nobody, null)).toBe(false);
    expect(mustAccept(nobody, legal())).toBe(true);
    expect(mustAccept({ accepted: accepted(1) }, legal())).toBe(true);
    expect(mustAccept({ accepted: accepted(2) }, legal())).toBe(false);
  });
});
