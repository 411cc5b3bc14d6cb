import { compareDefinitions } from '@verbena/shared/programs/compare-definitions.js';
import type { DefinitionChange } from '@verbena/shared/programs/definition-change.js';
import { DEFINITION_KINDS, type Definitions } from '@verbena/shared/programs/definitions.js';
import { sameWordsOf } from '@verbena/shared/programs/same-words.js';
import { tellTerms, TermsTeller } from '@verbena/shared/programs/tell-terms.js';
import type { Rule } from '@verbena/shared/rules/rule.js';
import type { Condition } from '@verbena/shared/rules/condition.js';
import { PRESETS } from '@verbena/seeds/presets/presets.js';

const { definitions } = PRESETS['shopping-centre'];

type Change = (copy: Definitions) => void;
function after(change: Change): DefinitionChange[] {
  const copy = structuredClone(definitions);
  change(copy);
  return compareDefinitions(definitions, copy);
}
function pick<T extends { id: string }>(list: readonly T[], id: string): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new Error(`The preset has no ${id}.`);
  return found;
}
const earning = (rule: Rule) => {
  const [first] = rule.earn;
  if (first === undefined) throw new Error('The rule earns nothing.');
  return first;
};

const CASES: readonly (readonly [string, Change, DefinitionChange['verdict'], RegExp])[] = [
  [
    'a higher amount',
    ({ rules }) => (earning(pick(rules, 'compra')).amount.product[1] = { ratio: [2, 100] }),
    'better',
    /La regla «Compra» pasa de 1 punto por cada 1,00\s€ de «Total».* a 2 puntos por cada 1,00\s€/,
  ],
  [
    'a lower amount',
    ({ rules }) => (earning(pick(rules, 'cupon')).amount.product[0] = { ratio: [20, 1] }),
    'worse',
    /La regla «Cupón canjeado» pasa de 25 puntos a 20 puntos\./,
  ],
  [
    'another field in the product',
    ({ rules }) => (earning(pick(rules, 'compra')).amount.product[0] = { field: 'privateLabelMinor' }),
    'worse',
    /«Total».*«Marca propia»/,
  ],
  [
    'the tier taken out of the product',
    ({ rules }) => void earning(pick(rules, 'compra')).amount.product.splice(2, 1),
    'worse',
    /multiplicado según tu categoría/,
  ],
  [
    'a lower cap',
    ({ rules }) => (earning(pick(rules, 'cupon')).cap = { per: 'day', times: 3 }),
    'worse',
    /el tope pasa de 4 veces al día a 3 veces al día/,
  ],
  [
    '#67 a cap more, for each value of a field',
    ({ rules }) =>
      (earning(pick(rules, 'cupon')).cap = [
        { per: 'day', times: 4 },
        { per: 'month', times: 2, by: 'coupon' },
      ]),
    'worse',
    /el tope pasa de 4 veces al día a 4 veces al día y 2 veces al mes por cada cupón/,
  ],
  ['no cap', ({ rules }) => delete earning(pick(rules, 'cupon')).cap, 'better', /a sin tope/],
  [
    'a boost',
    ({ rules }) => (pick(rules, 'compra').boosts = [{ ...boostOf(pick(rules, 'compra')), ratio: [3, 1] }]),
    'better',
    /el impulso «Miércoles doble» pasa de ×2 a ×3/,
  ],
  [
    '#30 another name of a boost',
    ({ rules }) => (pick(rules, 'compra').boosts = [{ ...boostOf(pick(rules, 'compra')), name: { es: 'El triple' } }]),
    'neutral',
    /El impulso «Miércoles doble» se llama ahora «El triple»\./,
  ],
  [
    'another day of a boost',
    ({ rules }) => (pick(rules, 'compra').boosts = [{ ...boostOf(pick(rules, 'compra')), weekdays: [4] }]),
    'worse',
    /cada miércoles a cada jueves/,
  ],
  [
    'one more day of a boost',
    ({ rules }) => (pick(rules, 'compra').boosts = [{ ...boostOf(pick(rules, 'compra')), weekdays: [3, 4] }]),
    'better',
    /cada miércoles a cada miércoles y jueves/,
  ],
  [
    'a condition more',
    ({ rules }) => (pick(rules, 'cupon').when = { tier: { atLeast: 'oro' } }),
    'worse',
    /la condición pasa de ninguna a tu categoría es Oro o más/,
  ],
  [
    'a condition that lets more through',
    ({ rules }) => (pick(rules, 'marca-propia').when = { field: 'privateLabelMinor', op: 'gte', value: 50 }),
    'better',
    /1,00\s€ o más.*0,50\s€ o más/,
  ],
  ['a rule gone', ({ rules }) => void rules.splice(2, 1), 'worse', /Se retira la regla «Cupón canjeado»\./],
  [
    'a rule more',
    ({ rules }) => void rules.push({ ...pick(rules, 'cupon'), id: 'otro', name: { es: 'Otro' } }),
    'better',
    /Llega la regla «Otro»\. Con «Cupón canjeado» recibes 25 puntos\. Como mucho 4 veces al día\./,
  ],
  [
    'a higher target',
    ({ missions }) => (pick(missions, 'diez-visitas').goal = { kind: 'count', target: 12, per: 'month' }),
    'worse',
    /el objetivo pasa de 10 veces dentro del mismo mes a 12 veces/,
  ],
  [
    'a lower target',
    ({ missions }) => (pick(missions, 'diez-visitas').goal = { kind: 'count', target: 8, per: 'month' }),
    'better',
    /a 8 veces/,
  ],
  [
    'a longer streak',
    ({ missions }) => (pick(missions, 'racha-semanal').goal = { kind: 'streak', weeks: 5 }),
    'worse',
    /4 semanas seguidas a 5/,
  ],
  [
    'another kind of goal',
    ({ missions }) => (pick(missions, 'racha-semanal').goal = { kind: 'count', target: 1, per: 'ever' }),
    'worse',
    /4 semanas seguidas a una vez/,
  ],
  [
    'a smaller reward',
    ({ missions }) => (pick(missions, 'diez-visitas').reward.points = [{ currency: 'puntos', amount: 90 }]),
    'worse',
    /de 100 puntos a 90 puntos/,
  ],
  [
    'a reward badge gone',
    ({ missions }) => (pick(missions, 'ocho-secciones').reward.badges = []),
    'worse',
    /ya no tiene las insignias de recompensa: Exploración/,
  ],
  ['a mission gone', ({ missions }) => void missions.pop(), 'worse', /Se retira la misión «Racha semanal»/],
  [
    'a badge further away',
    ({ badges }) => (pick(badges, 'cliente-fiel').grant = { kind: 'count', activity: 'purchase', target: 200 }),
    'worse',
    /con «Compra» 100 veces a con «Compra» 200 veces/,
  ],
  ['a higher threshold', ({ tiers }) => (pick(tiers, 'oro').threshold = 2_000), 'worse', /de 1\.500 puntos a 2\.000/],
  ['a lower threshold', ({ tiers }) => (pick(tiers, 'oro').threshold = 1_000), 'better', /a 1\.000 puntos/],
  ['a smaller multiplier', ({ tiers }) => (pick(tiers, 'oro').percent = 120), 'worse', /×1,25 a ×1,2\./],
  [
    'a shorter expiry',
    ({ currencies }) => (pick(currencies, 'puntos').expiry = { kind: 'months', months: 6 }),
    'worse',
    /al cabo de 12 meses a al cabo de 6 meses/,
  ],
  ['no expiry', ({ currencies }) => (pick(currencies, 'puntos').expiry = { kind: 'never' }), 'better', /a nunca/],
  ['less time to count', ({ referrals }) => (pick(referrals, 'amiga').withinDays = 10), 'worse', /30 días a 10 días/],
  ['other ties', ({ boards }) => (pick(boards, 'semana').ties = 'shared'), 'worse', /el desempate/],
  [
    'other words',
    ({ rules }) => (pick(rules, 'cupon').name = { es: 'Vale', en: 'Voucher' }),
    'neutral',
    /La regla «Cupón canjeado» se llama ahora «Vale»/,
  ],
  ['another order', ({ rules }) => void rules.reverse(), 'neutral', /Cambia el orden de las reglas/],
  [
    'something more to record',
    ({ activityTypes }) =>
      (pick(activityTypes, 'purchase').attributes.properties['nota'] = { type: 'string', maxLength: 10 }),
    'neutral',
    /Cambia lo que se anota de la actividad «Compra»/,
  ],
  [
    'something that must be recorded now',
    ({ activityTypes }) => (pick(activityTypes, 'purchase').attributes.required = ['totalMinor', 'store']),
    'worse',
    /lo que se anota/,
  ],
  [
    'stages on the way',
    ({ missions }) => (pick(missions, 'diez-visitas').steps = [stage(5, 20)]),
    'better',
    /tiene ahora las etapas: «Media» con 5 \(20 puntos\)/,
  ],
  [
    'the time of each member in place of the program’s',
    ({ missions }) => (pick(missions, 'diez-visitas').zone = 'member'),
    'worse',
    /la hora que vale pasa de la del programa a la de cada socio/,
  ],
  [
    'benefits of which there are several',
    ({ tiers }) => (pick(tiers, 'oro').benefits = [{ es: 'Otra cosa', en: 'Something else' }]),
    'worse',
    /los beneficios pasan de .+ a Otra cosa/,
  ],
  [
    'something that is needed first',
    ({ missions }) => (pick(missions, 'diez-visitas').requires = [{ tier: 'plata' }, { badge: 'exploradora' }]),
    'worse',
    /tiene ahora el requisito previo: ser de la categoría «Plata» o de una más alta y tener la insignia «Exploración»/,
  ],
  [
    'a window',
    ({ missions }) =>
      (pick(missions, 'diez-visitas').window = { weekdays: [6], hours: { from: '09:00', until: '14:00' } }),
    'worse',
    /tiene ahora el calendario propio: cada sábado, de 09:00 a 14:00/,
  ],
  [
    'a most that it can be completed',
    ({ missions }) => (pick(missions, 'diez-visitas').timesMax = 3),
    'worse',
    /las veces que se puede completar pasan de las que quieras a 3 veces en total/,
  ],
  [
    'a beginning anew',
    ({ missions }) => (pick(missions, 'diez-visitas').reset = 'onCompletion'),
    'better',
    /la repetición: vuelve a empezar en cuanto se completa/,
  ],
  [
    'what makes it fail',
    ({ missions }) =>
      (pick(missions, 'diez-visitas').failure = { on: { activity: 'coupon.redeemed' }, coolDownDays: 7 }),
    'worse',
    /la condición de fallo: con «Cupón canjeado»: nada cuenta durante 7 días/,
  ],
  [
    'freezes of a streak',
    ({ missions }) => (pick(missions, 'racha-semanal').goal = { kind: 'streak', weeks: 4, freezes: { max: 2 } }),
    'worse',
    /de 4 semanas seguidas a 4 semanas seguidas, con hasta 2 comodines/,
  ],
  [
    'what a tier takes besides',
    ({ tiers }) => (pick(tiers, 'oro').also = { match: 'all', of: [{ memberDays: 90 }, { earned: 100 }] }),
    'worse',
    /el requisito adicional: llevar 90 días en el programa y ganar 100 puntos/,
  ],
  [
    'a tier that is kept',
    ({ tiers }) => (pick(tiers, 'oro').keep = true),
    'better',
    /tiene ahora la permanencia: para siempre/,
  ],
  [
    'a time of grace',
    ({ tiers }) => (pick(tiers, 'oro').graceDays = 30),
    'better',
    /tiene ahora el plazo de gracia: 30 días/,
  ],
  [
    'nobody goes down',
    ({ tiers }) => (pick(tiers, 'oro').downgrade = 'never'),
    'better',
    /la bajada pasa de un escalón a nunca/,
  ],
  [
    'another period of tiers',
    ({ tiers }) => (pick(tiers, 'oro').period = { kind: 'rolling', months: 6 }),
    'worse',
    /el periodo que cuenta pasa del año natural a los últimos 6 meses/,
  ],
  [
    'points of a tier that last',
    ({ tiers }) => (pick(tiers, 'oro').expiry = { kind: 'never' }),
    'better',
    /pasa de la de la moneda a no caducan/,
  ],
  [
    'a notice before points end',
    ({ currencies }) => (pick(currencies, 'puntos').notice = 30),
    'better',
    /tiene ahora el aviso de caducidad: 30 días antes/,
  ],
  [
    'another policy for what was used',
    ({ currencies }) => (pick(currencies, 'puntos').onReversal = 'negative'),
    'worse',
    /se perdona a se descuentan de los que queden, y el resto, de lo próximo/,
  ],
  [
    'gifts',
    ({ currencies }) => (pick(currencies, 'puntos').transfer = { perGift: 50, perDay: 80 }),
    'better',
    /tiene ahora el regalo entre socios: hasta 50 puntos por regalo y 80 puntos al día/,
  ],
  [
    'a badge with another picture',
    ({ badges }) => (pick(badges, 'cliente-fiel').picture = 'crown'),
    'neutral',
    /la imagen pasa de un corazón a una corona/,
  ],
  [
    'a badge that ends',
    ({ badges }) => (pick(badges, 'cliente-fiel').expires = { days: 365 }),
    'worse',
    /tiene ahora la duración: 365 días/,
  ],
  [
    'points that wait',
    ({ rules }) => (earning(pick(rules, 'cupon')).pending = { days: 14 }),
    'worse',
    /tiene ahora la espera: 14 días/,
  ],
  [
    'rules that exclude one another',
    ({ rules }) => (pick(rules, 'cupon').group = { id: 'vales', pick: 'best' }),
    'worse',
    /«vales», gana la que más da/,
  ],
  [
    'something more known of members',
    (all) => (all.memberAttributes = [club('norte')]),
    'neutral',
    /Llega el dato de socio «Club»\./,
  ],
  [
    'a field that nobody has words for',
    ({ missions }) => Object.assign(pick(missions, 'diez-visitas'), { novedad: { hasta: 3 } }),
    'worse',
    /tiene ahora «novedad»: \{"hasta":3\}/,
  ],
];

function stage(at: number, amount: number) {
  return {
    at,
    name: { es: 'Media', en: 'Halfway' },
    reward: { points: [{ currency: 'puntos', amount }], badges: [] },
  };
}

function club(...choices: string[]) {
  return { id: 'club', name: { es: 'Club', en: 'Club' }, schema: { type: 'string' as const, enum: choices } };
}

test('#30 what counts otherwise under the same description is named, and what got another one or other words alone is not', () => {
  const named = (change: Change) => {
    const copy = structuredClone(definitions);
    change(copy);
    return sameWordsOf(definitions, copy, compareDefinitions(definitions, copy));
  };
  const coupon = pick(definitions.rules, 'cupon');
  const lower: Change = ({ rules }) => (earning(pick(rules, 'cupon')).amount.product[0] = { ratio: [20, 1] });
  expect(named(lower)).toEqual([{ kind: 'rules', id: 'cupon', description: coupon.description }]);
  expect(named(({ missions }) => (pick(missions, 'diez-visitas').reward.points = []))).toMatchObject([
    { kind: 'missions', id: 'diez-visitas' },
  ]);
  expect(
    named((copy) => {
      lower(copy);
      pick(copy.rules, 'cupon').description = { es: 'Veinte puntos' };
    }),
  ).toEqual([]);
  expect(named(({ rules }) => (pick(rules, 'cupon').name = { es: 'Vale' }))).toEqual([]);
});

function boostOf({ boosts }: Rule) {
  const [first] = boosts ?? [];
  if (first === undefined) throw new Error('The rule has no boost.');
  return first;
}

describe('what a version changes', () => {
  test.each(CASES)('D5 %s', (_, change, verdict, sentence) => {
    const changes = after(change);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.verdict).toBe(verdict);
    expect(changes[0]?.sentences.map(({ text }) => text.es).join(' ')).toMatch(sentence);
    // English says as much, in words of its own.
    for (const { text } of changes[0]?.sentences ?? []) {
      expect(text.en.length).toBeGreaterThan(5);
      expect(text.en).not.toBe(text.es);
    }
  });

  test('D5 the same set changes nothing, whatever its revisions say', () => {
    expect(
      after(({ rules }) => {
        for (const rule of rules) rule.rev = 9;
      }),
    ).toEqual([]);
  });

  test('D5 one change for the worse makes the whole definition worse, and each sentence keeps its own verdict', () => {
    const [change] = after(({ missions }) => {
      const mission = pick(missions, 'diez-visitas');
      mission.goal = { kind: 'count', target: 5, per: 'month' };
      mission.reward.points = [{ currency: 'puntos', amount: 50 }];
    });
    expect(change?.verdict).toBe('worse');
    expect(change?.sentences.map(({ verdict }) => verdict)).toEqual(['better', 'worse']);
  });

  test('D5 a condition and an amount together: two sentences, the names of then and of now', () => {
    const [, change] = after(({ tiers, rules }) => {
      pick(tiers, 'oro').name = { es: 'Dorada', en: 'Golden' };
      pick(rules, 'cupon').when = { tier: { is: 'oro' } };
    }).toSorted((a, b) => b.kind.localeCompare(a.kind));
    expect(change?.sentences[0]?.text.es).toContain('tu categoría es Dorada');
  });

  test('A2 D5 what the program knows of members is compared: choices more are neutral, fewer or none left are worse', () => {
    const withClub = (...choices: string[]) => ({ ...definitions, memberAttributes: [club(...choices)] });
    const verdicts = (before: Definitions, next: Definitions) =>
      compareDefinitions(before, next).map(({ kind, verdict }) => [kind, verdict]);
    const one = withClub('norte');
    expect(verdicts(one, withClub('norte', 'sur'))).toEqual([['memberAttributes', 'neutral']]);
    expect(verdicts(withClub('norte', 'sur'), one)).toEqual([['memberAttributes', 'worse']]);
    expect(verdicts(one, definitions)).toEqual([['memberAttributes', 'worse']]);
    expect(verdicts(one, withClub('norte'))).toEqual([]);
  });

  test('D5 less in the way, and more on it, is better; the other way round it is worse', () => {
    const both = (change: Change, more: Change) => {
      const [was, is] = [structuredClone(definitions), structuredClone(definitions)];
      change(was);
      more(is);
      return [was, is].map((_, way) => compareDefinitions(way === 0 ? was : is, way === 0 ? is : was)[0]?.verdict);
    };
    const visits = ({ missions }: Definitions) => pick(missions, 'diez-visitas');
    const gold = ({ tiers }: Definitions) => pick(tiers, 'oro');
    expect(
      both(
        (all) => (visits(all).steps = [stage(5, 20)]),
        (all) => (visits(all).steps = [stage(4, 20)]),
      ),
    ).toEqual(['better', 'worse']);
    expect(
      both(
        (all) => (visits(all).timesMax = 2),
        (all) => (visits(all).timesMax = 3),
      ),
    ).toEqual(['better', 'worse']);
    expect(
      both(
        (all) => (visits(all).window = { weekdays: [6] }),
        (all) => (visits(all).window = { weekdays: [6, 7] }),
      ),
    ).toEqual(['better', 'worse']);
    expect(
      both(
        (all) => (visits(all).failure = { on: { activity: 'coupon.redeemed' }, coolDownDays: 9 }),
        (all) => (visits(all).failure = { on: { activity: 'coupon.redeemed' }, coolDownDays: 3 }),
      ),
    ).toEqual(['better', 'worse']);
    expect(
      both(
        (all) => (gold(all).graceDays = 10),
        (all) => (gold(all).graceDays = 20),
      ),
    ).toEqual(['better', 'worse']);
    expect(
      both(
        (all) => (gold(all).expiry = { kind: 'months', months: 6 }),
        (all) => (gold(all).expiry = { kind: 'months', months: 9 }),
      ),
    ).toEqual(['better', 'worse']);
  });

  test('D5 K5 what the steps of a sequence give is told apart from the way, and more of it is better', () => {
    const withSteps = (points: number, name = 'Mirar'): Definitions => {
      const copy = structuredClone(definitions);
      const reward = { points: [{ currency: 'puntos', amount: points }], badges: [] };
      const last = { name: { es: 'Comprar' }, ...(points === 0 ? {} : { reward }) };
      pick(copy.missions, 'diez-visitas').goal = {
        kind: 'sequence',
        steps: [{ name: { es: name } }, last],
        per: 'ever',
      };
      return copy;
    };
    const told = (next: Definitions) =>
      compareDefinitions(withSteps(20), next).map(({ verdict, sentences }) => [
        verdict,
        ...sentences.map(({ text }) => text.es),
      ]);
    expect(told(withSteps(30))).toEqual([
      ['better', expect.stringMatching(/las etapas.*«Comprar» \(20 puntos\).*«Comprar» \(30 puntos\)/)],
    ]);
    expect(told(withSteps(0))).toEqual([['worse', expect.stringMatching(/etapas/)]]);
    expect(told(withSteps(20, 'Venir'))).toEqual([['worse', expect.stringMatching(/estos pasos, por orden: Venir/)]]);
    expect(
      tellTerms('missions', pick(withSteps(20).missions, 'diez-visitas'), new TermsTeller(definitions, 'es')),
    ).toContain('Por el camino: «Comprar» (20 puntos).');
  });

  test('K5 what only some missions, tiers and currencies have stands in their terms', () => {
    const es = new TermsTeller(definitions, 'es');
    const mission = {
      ...pick(definitions.missions, 'diez-visitas'),
      steps: [stage(5, 20)],
      requires: [{ mission: 'racha-semanal' }],
      window: { until: '2026-12-31' },
      timesMax: 1,
    };
    expect(tellTerms('missions', mission, es).slice(2)).toEqual([
      'Por el camino: «Media» con 5 (20 puntos).',
      'Antes hace falta haber completado la misión «Racha semanal».',
      'Solo cuenta hasta el 31 de diciembre de 2026.',
      'Se puede completar 1 vez en total.',
    ]);
    const tier = {
      ...pick(definitions.tiers, 'oro'),
      period: { kind: 'anniversary' as const },
      benefits: [],
      graceDays: 1,
    };
    expect(tellTerms('tiers', tier, es)).toEqual([
      'Se llega con 1.500 puntos. Multiplicador ×1,25.',
      'Cuenta cada año desde el alta.',
      'Si se anula lo que te hizo llegar, vuelves a la que tendrías sin ello.',
      'Al acabar la conservas 1 día más.',
    ]);
    const currency = { ...pick(definitions.currencies, 'puntos'), notice: 30, onReversal: 'negative' as const };
    expect(tellTerms('currencies', currency, es).join(' ')).toContain(
      'Te avisamos 30 días antes de que caduquen. Si devuelves algo y ya habías usado sus puntos, se descuentan',
    );
  });

  test('K5 every rule, mission, badge, tier and currency of the preset has terms in both languages', () => {
    const tellers = [new TermsTeller(definitions, 'es'), new TermsTeller(definitions, 'en')] as const;
    const told = DEFINITION_KINDS.filter((kind) => kind !== 'activityTypes').flatMap((kind) =>
      definitions[kind].flatMap((definition) => tellers.map((teller) => tellTerms(kind, definition, teller).join(' '))),
    );
    expect(told.length).toBeGreaterThan(30);
    for (const text of told) expect(text).toMatch(/^[A-ZÉÍ].*\.$/u);
    expect(told.find((text) => text.includes('300 puntos'))).toContain('300 puntos si eres tú quien invita');
    expect(told).toContain('Se completa con «Compra»: 10 veces dentro del mismo mes. Te da 100 puntos.');
    expect(
      told.find((text) => text.startsWith('You reach it with 1,500 points within a year. Multiplier ×1.25.')),
    ).toMatch(/Benefits: .+\.$/);
  });

  test('#42 the rules read like sentences, and say exactly what they ask for', () => {
    const told = (language: 'es' | 'en') => {
      const teller = new TermsTeller(definitions, language);
      return DEFINITION_KINDS.flatMap((kind) =>
        definitions[kind].flatMap((definition) => tellTerms(kind, definition, teller)),
      ).map((text) => text.replaceAll('\u00A0', ' '));
    };
    const [es, en] = [told('es'), told('en')];
    expect(es).toEqual(
      expect.arrayContaining([
        'Con «Compra» recibes 1 punto por cada 1,00 € de «Total», multiplicado según tu categoría, multiplicado por «Miércoles doble» cuando toca.',
        'Con «Invitación cumplida» recibes 300 puntos si eres tú quien invita y 150 puntos si eres tú a quien han invitado.',
        'Como mucho una vez en total.',
        'Se completa con «Compra»: 8 de «Sección», sin repetir, dentro del mismo mes.',
        'Se gana con «Compra» por primera vez.',
        'Se gana con «Compra» 100 veces.',
        'Cuenta la primera vez que se anota «Compra» a quien invitas, hasta 30 días después de que entre.',
        'Vale la primera en la que se cumple esto: «Total» es mayor que cero.',
      ]),
    );
    expect(en).toEqual(
      expect.arrayContaining([
        'With “Purchase” you get 1 point for each €1.00 of “Total”, times what your tier multiplies by, times “Double Wednesday” on its days.',
        'With “Referral fulfilled” you get 300 points if you are who invites and 150 points if you are who was invited.',
        'At most once in all.',
        'You complete it with “Purchase”: 8 of “Department”, no two the same, within the same month.',
        'You earn it with “Purchase” for the first time.',
        'It counts the first time that “Purchase” is recorded of whoever you invite, up to 30 days after they join.',
        'The first one counts of which this is true: “Total” is more than zero.',
      ]),
    );
    expect([...es, ...en].filter((text) => /valores|values|«Papel»|“Role”|1 vez|1 time/.test(text))).toEqual([]);
  });

  test('#42 conditions do too: how often, how much, who one is', () => {
    const says = (when: Condition) => {
      const rule = { ...pick(definitions.rules, 'cupon'), when };
      return (['es', 'en'] as const).map(
        (language) => tellTerms('rules', rule, new TermsTeller(definitions, language))[1],
      );
    };
    const count = { activity: 'purchase', window: { period: 'month' } } as const;
    expect(says({ count, op: 'gte', value: 3 })).toEqual([
      'Solo si «Compra» se anota 3 veces o más en el mes.',
      'Only if “Purchase” is recorded 3 times or more in that month.',
    ]);
    expect(says({ count, op: 'eq', value: 1 })[0]).toBe('Solo si «Compra» se anota exactamente 1 vez en el mes.');
    expect(
      says({ sum: { ...count, field: 'totalMinor' }, op: 'gt', value: 5_000 }).map((one) =>
        one?.replaceAll('\u00A0', ' '),
      ),
    ).toEqual([
      'Solo si «Total» suma más de 50,00 € en «Compra» en el mes.',
      'Only if “Total” comes to more than €50.00 in “Purchase” in that month.',
    ]);
    expect(says({ not: { field: 'coupon', op: 'exists' } })[0]).toBe('Solo si no se cumple esto: «Cupón» se indica.');
  });

  test('#56 no badge of the preset is named for a woman or a man', () => {
    expect(definitions.badges.map(({ name }) => name.es)).toEqual([
      ...['Primera compra', 'Exploración', 'Cliente fiel', 'Buena respuesta'],
    ]);
  });
});
