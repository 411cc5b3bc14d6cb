import type { ActivityType } from '@verbena/shared/activities/activity-type.js';
import type { Badge } from '@verbena/shared/badges/badge.js';
import type { Board } from '@verbena/shared/leaderboards/board.js';
import type { Currency } from '@verbena/shared/currencies/currency.js';
import { FORUM_ACTIVITIES } from '@verbena/shared/forums/forum-activities.js';
import type { Mission } from '@verbena/shared/missions/mission.js';
import type { Definitions } from '@verbena/shared/programs/definitions.js';
import type { Referral } from '@verbena/shared/referrals/referral.js';
import type { Rule } from '@verbena/shared/rules/rule.js';
import type { Tier } from '@verbena/shared/tiers/tier.js';

const TOTAL_MAX = 1_000_000_000_000;

const text = (es: string, en: string) => ({ es, en });
const word = (es: string, en: string, maxLength = 200) =>
  ({ type: 'string', minLength: 1, maxLength, 'x-label': text(es, en) }) as const;
const euros = (es: string, en: string) =>
  ({ type: 'integer', minimum: 0, maximum: TOTAL_MAX, 'x-unit': 'EUR', 'x-label': text(es, en) }) as const;

const activityTypes: ActivityType[] = [
  {
    id: 'purchase',
    rev: 1,
    name: text('Compra', 'Purchase'),
    attributes: {
      type: 'object',
      required: ['totalMinor'],
      properties: {
        totalMinor: euros('Total', 'Total'),
        privateLabelMinor: { ...euros('Marca propia', 'Own brand'), 'x-atMost': 'totalMinor' },
        store: word('Tienda', 'Shop'),
        departments: {
          type: 'array',
          maxItems: 500,
          'x-label': text('Secciones', 'Departments'),
          items: {
            type: 'object',
            required: ['name', 'amountMinor'],
            properties: { name: word('Sección', 'Department', 120), amountMinor: euros('Importe', 'Amount') },
          },
        },
      },
    },
  },
  {
    id: 'coupon.redeemed',
    rev: 1,
    name: text('Cupón canjeado', 'Coupon redeemed'),
    attributes: {
      type: 'object',
      required: ['coupon'],
      properties: { coupon: word('Cupón', 'Coupon'), campaign: word('Campaña', 'Campaign') },
    },
  },
  {
    id: 'referral.qualified',
    rev: 1,
    name: text('Invitación cumplida', 'Referral fulfilled'),
    from: 'program',
    attributes: {
      type: 'object',
      required: ['role', 'other', 'purchase'],
      properties: {
        role: { type: 'string', enum: ['friend', 'advocate'], 'x-label': text('Papel', 'Role') },
        other: word('La otra persona', 'The other person'),
        purchase: word('Compra', 'Purchase'),
      },
    },
  },
  {
    id: 'profile.completed',
    rev: 1,
    name: text('Perfil completo', 'Profile completed'),
    from: 'program',
    attributes: { type: 'object', properties: {} },
  },
  // Keys may say that an answer was accepted in a forum that is elsewhere.
  ...FORUM_ACTIVITIES.map((type): ActivityType => ({
    ...{ ...type, rev: 1 },
    ...(type.id === 'forum.accepted' ? {} : { from: 'program' }),
  })),
  {
    id: 'event.attended',
    rev: 1,
    name: text('Asistencia a un evento', 'Event attended'),
    attributes: { type: 'object', required: ['event'], properties: { event: word('Evento', 'Event') } },
  },
  {
    id: 'survey.answered',
    rev: 1,
    name: text('Encuesta respondida', 'Survey answered'),
    attributes: { type: 'object', required: ['survey'], properties: { survey: word('Encuesta', 'Survey') } },
  },
  {
    id: 'share.published',
    rev: 1,
    name: text('Publicación compartida', 'Share published'),
    attributes: {
      type: 'object',
      required: ['network', 'url'],
      properties: { network: word('Red', 'Network'), url: word('Dirección', 'Address', 2_000) },
    },
  },
];

const currencies: Currency[] = [
  {
    id: 'puntos',
    rev: 1,
    name: text('Puntos', 'Points'),
    unit: { one: text('punto', 'point'), other: text('puntos', 'points') },
    expiry: { kind: 'months', months: 12 },
    approveAbove: 2_000,
    zone: 'program',
  },
  // What talk earns: no tier and no board counts it, so that nobody climbs by writing.
  {
    id: 'chispas',
    rev: 1,
    name: text('Chispas', 'Sparks'),
    unit: { one: text('chispa', 'spark'), other: text('chispas', 'sparks') },
    kind: 'status',
    expiry: { kind: 'never' },
    zone: 'program',
  },
];

/** The first midnight that is at least a day away. */
const ONCE_IT_STAYED = { days: 2 };
const fixed = (points: number) => ({ product: [{ ratio: [points, 1] as [number, number] }] });

const rules: Rule[] = [
  {
    id: 'compra',
    rev: 1,
    name: text('Compra', 'Purchase'),
    description: text(
      'Un punto por cada euro, por el multiplicador de tu categoría; los miércoles, el doble.',
      'One point for each euro, times your tier’s multiplier; double on Wednesdays.',
    ),
    on: { activity: 'purchase' },
    earn: [
      {
        currency: 'puntos',
        amount: {
          product: [{ field: 'totalMinor' }, { ratio: [1, 100] }, { tier: 'percent' }, { boost: 'miercoles' }],
        },
      },
    ],
    boosts: [{ id: 'miercoles', name: text('Miércoles doble', 'Double Wednesday'), ratio: [2, 1], weekdays: [3] }],
    zone: 'program',
  },
  {
    id: 'marca-propia',
    rev: 1,
    name: text('Marca propia', 'Own brand'),
    description: text(
      'Un punto más por cada euro en productos de marca propia, desde un euro.',
      'One more point for each euro of own-brand products, from one euro.',
    ),
    on: { activity: 'purchase' },
    when: { field: 'privateLabelMinor', op: 'gte', value: 100 },
    earn: [{ currency: 'puntos', amount: { product: [{ field: 'privateLabelMinor' }, { ratio: [1, 100] }] } }],
    zone: 'program',
  },
  {
    id: 'cupon',
    rev: 1,
    name: text('Cupón canjeado', 'Coupon redeemed'),
    description: text('25 puntos por cupón, hasta cuatro al día.', '25 points a coupon, up to four a day.'),
    on: { activity: 'coupon.redeemed' },
    earn: [{ currency: 'puntos', amount: fixed(25), cap: { per: 'day', times: 4 } }],
    zone: 'program',
  },
  {
    id: 'amiga',
    rev: 1,
    name: text('Invitación', 'Referral'),
    description: text(
      '300 puntos para quien invita, hasta diez personas al mes, y 150 para quien llega.',
      '300 points for who invites, up to ten people a month, and 150 for who joins.',
    ),
    on: { activity: 'referral.qualified' },
    earn: [
      {
        currency: 'puntos',
        amount: fixed(300),
        when: { field: 'role', op: 'eq', value: 'advocate' },
        cap: { per: 'month', times: 10 },
      },
      { currency: 'puntos', amount: fixed(150), when: { field: 'role', op: 'eq', value: 'friend' } },
    ],
    zone: 'program',
  },
  {
    id: 'perfil',
    rev: 1,
    name: text('Perfil completo', 'Profile completed'),
    description: text('50 puntos, una vez.', '50 points, once.'),
    on: { activity: 'profile.completed' },
    earn: [{ currency: 'puntos', amount: fixed(50), cap: { per: 'ever', times: 1 } }],
    zone: 'program',
  },
  {
    id: 'respuesta',
    rev: 1,
    name: text('Respuesta aceptada', 'Answer accepted'),
    description: text('20 puntos por respuesta, hasta cinco al día.', '20 points an answer, up to five a day.'),
    on: { activity: 'forum.accepted' },
    earn: [{ currency: 'puntos', amount: fixed(20), cap: { per: 'day', times: 5 } }],
    zone: 'program',
  },
  {
    id: 'hilo',
    rev: 1,
    name: text('Hilo abierto', 'Thread opened'),
    description: text(
      '5 chispas por abrir un hilo, hasta dos al día, si sigue ahí al menos un día entero.',
      '5 sparks for opening a thread, up to two a day, if it stays for at least a whole day.',
    ),
    on: { activity: 'forum.thread' },
    earn: [{ currency: 'chispas', amount: fixed(5), cap: { per: 'day', times: 2 }, pending: ONCE_IT_STAYED }],
    zone: 'program',
  },
  {
    id: 'mensaje',
    rev: 1,
    name: text('Respuesta en el foro', 'Reply in the forum'),
    description: text(
      '3 chispas por responder con al menos cuarenta letras, hasta diez veces al día, si sigue ahí al menos un día entero.',
      '3 sparks for replying with forty letters or more, up to ten times a day, if it stays for at least a whole day.',
    ),
    on: { activity: 'forum.reply' },
    when: { field: 'length', op: 'gte', value: 40 },
    earn: [{ currency: 'chispas', amount: fixed(3), cap: { per: 'day', times: 10 }, pending: ONCE_IT_STAYED }],
    zone: 'program',
  },
  {
    id: 'reaccion',
    rev: 1,
    name: text('Reacción recibida', 'Reaction received'),
    description: text(
      '1 chispa por cada reacción a lo que escribes, hasta veinte al día y diez al mes de la misma persona.',
      '1 spark for each reaction to what you write, up to twenty a day and ten a month of one person.',
    ),
    on: { activity: 'forum.reaction' },
    earn: [
      {
        currency: 'chispas',
        amount: fixed(1),
        cap: [
          { per: 'day', times: 20 },
          { per: 'month', times: 10, by: 'other' },
        ],
      },
    ],
    zone: 'program',
  },
];

const points = (amount: number) => [{ currency: 'puntos', amount }];

const missions: Mission[] = [
  {
    id: 'diez-visitas',
    rev: 1,
    name: text('Diez visitas', 'Ten visits'),
    description: text('Haz diez compras en el mes.', 'Make ten purchases in the month.'),
    on: { activity: 'purchase' },
    goal: { kind: 'count', target: 10, per: 'month' },
    reward: { points: points(100), badges: [] },
    zone: 'program',
  },
  {
    id: 'ocho-secciones',
    rev: 1,
    name: text('Ocho secciones', 'Eight departments'),
    description: text(
      'Compra en ocho secciones distintas en el mes. La primera vez ganas la insignia Exploración.',
      'Buy in eight different departments in the month. The first time you earn the Explorer badge.',
    ),
    on: { activity: 'purchase' },
    goal: { kind: 'distinct', field: 'departments.name', target: 8, per: 'month' },
    reward: { points: points(50), badges: ['exploradora'] },
    zone: 'program',
  },
  {
    id: 'racha-semanal',
    rev: 1,
    name: text('Racha semanal', 'Weekly streak'),
    description: text(
      'Compra al menos una vez en cada una de cuatro semanas seguidas.',
      'Buy at least once in each of four weeks in a row.',
    ),
    on: { activity: 'purchase' },
    goal: { kind: 'streak', weeks: 4 },
    reward: { points: points(80), badges: [] },
    zone: 'program',
  },
];

const badges: Badge[] = [
  {
    id: 'primera-compra',
    rev: 1,
    name: text('Primera compra', 'First purchase'),
    description: text('Con tu primera compra.', 'With your first purchase.'),
    picture: 'basket',
    grant: { kind: 'count', activity: 'purchase', target: 1 },
  },
  {
    id: 'exploradora',
    rev: 1,
    name: text('Exploración', 'Explorer'),
    description: text(
      'Al completar Ocho secciones por primera vez.',
      'On completing Eight departments for the first time.',
    ),
    picture: 'compass',
    grant: { kind: 'reward' },
  },
  {
    id: 'cliente-fiel',
    rev: 1,
    name: text('Cliente fiel', 'Loyal customer'),
    description: text('Con tu compra número cien.', 'With your hundredth purchase.'),
    picture: 'heart',
    grant: { kind: 'count', activity: 'purchase', target: 100 },
  },
  {
    id: 'buena-respuesta',
    rev: 1,
    name: text('Buena respuesta', 'Good answer'),
    description: text(
      'Cuando diez personas reaccionan a un mensaje tuyo.',
      'When ten people react to a post of yours.',
    ),
    picture: 'star',
    grant: { kind: 'count', activity: 'forum.reaction', target: 10, by: 'post' },
  },
];

const tier = (id: string, name: { es: string; en: string }, threshold: number, percent: number): Tier => {
  const times = (percent / 100).toString();
  return {
    id,
    rev: 1,
    name,
    currency: 'puntos',
    threshold,
    percent,
    benefits: [
      text(
        percent === 100 ? 'Un punto por cada euro' : `Tus compras suman ×${times.replace('.', ',')}`,
        percent === 100 ? 'One point for each euro' : `Your purchases earn ×${times}`,
      ),
    ],
    zone: 'program',
  };
};

/** The order is the ladder: each step stands above the one before it. */
const tiers: Tier[] = [
  tier('socio', text('Socio', 'Member'), 0, 100),
  tier('plata', text('Plata', 'Silver'), 500, 110),
  tier('oro', text('Oro', 'Gold'), 1_500, 125),
  tier('platino', text('Platino', 'Platinum'), 4_000, 150),
];

const board = (id: string, name: { es: string; en: string }, period: Board['period']): Board => ({
  id,
  rev: 1,
  name,
  currency: 'puntos',
  period,
  ties: 'earliest',
  zone: 'program',
});

const boards: Board[] = [
  board('semana', text('Semana', 'Week'), 'week'),
  board('mes', text('Mes', 'Month'), 'month'),
  board('siempre', text('Siempre', 'All time'), 'ever'),
];

const referrals: Referral[] = [
  {
    id: 'amiga',
    rev: 1,
    name: text('Invita y ganáis los dos', 'Invite, and you both earn'),
    description: text(
      'Cuenta con la primera compra de quien invitas, en los 30 días después de entrar con tu enlace.',
      'It counts with the first purchase of whoever you invite, within 30 days of joining by your link.',
    ),
    on: 'purchase',
    when: { field: 'totalMinor', op: 'gt', value: 0 },
    withinDays: 30,
    gives: 'referral.qualified',
  },
];

/** The preset `shopping-centre`: a shopping centre whose shops share one card. The demo program `plaza` starts with it. */
export const shoppingCentre: Definitions = {
  activityTypes,
  currencies,
  rules,
  missions,
  badges,
  tiers,
  boards,
  referrals,
};
