import { en as condition } from '#rules/condition.en.js';
import type { AudienceTellWords } from './audience.es.js';

export const en: AudienceTellWords = {
  ...condition,
  everybody: 'everybody',
  member: (p) => `their “${p.label}” ${p.demand}`,
  tierAtLeast: (p) => `their tier is ${p.tier} or higher`,
  tierIs: (p) => `their tier is ${p.tier}`,
  tierBelow: (p) => `their tier is lower than ${p.tier}`,
  tierIsNot: (p) => `their tier is not ${p.tier}`,
  badge: (p) => `they hold the badge “${p.badge}”`,
  notBadge: (p) => `they do not hold the badge “${p.badge}”`,
  segment: (p) => `they are in the segment “${p.segment}”`,
  notSegment: (p) => `they are not in the segment “${p.segment}”`,
  role: {
    member: 'they belong to the program',
    moderator: 'they moderate or are on the staff',
    manager: 'they are on the staff',
    owner: 'they are in charge of the program',
  },
};
