import type { MissionTermsWords } from './mission-terms.es.js';

/** What a mission asks and gives besides its goal and its reward, in English. */
export const en: MissionTermsWords = {
  step: (p) => `“${p.name}” at ${p.at} (${p.reward})`,
  stepInTurn: (p) => `“${p.name}” (${p.reward})`,
  stepNothing: 'without a reward',
  resets: 'it starts again as soon as it is completed',
  requires: {
    mission: (p) => `the mission “${p.name}” completed`,
    badge: (p) => `the badge “${p.name}”`,
    tier: (p) => `the tier “${p.name}” or a higher one`,
  },
  hours: (p) => `from ${p.from} to ${p.until}`,
  times: (p, f) => f.count(p.count, { one: '# time in all', other: '# times in all' }),
  timesAny: 'as often as you like',
  failure: (p) => `${p.trigger}: nothing counts for ${p.days}`,
  freezes: (p, f) => f.count(p.count, { one: 'with # freeze', other: 'with up to # freezes' }),
  freezesStart: (p, f) => f.count(p.count, { one: '# to begin with', other: '# to begin with' }),
  freezesMore: (p, f) => f.count(p.count, { one: '# more on completing it', other: '# more on completing it' }),
  grace: (p) => `with ${p.days} of grace`,
  pause: (p) => `with ${p.days} of pause a year`,
  terms: {
    steps: (p) => `On the way: ${p.steps}.`,
    resets: 'It starts again as soon as it is completed.',
    requires: (p) => `You need ${p.requires} first.`,
    window: (p) => `It only counts ${p.window}.`,
    times: (p) => `It can be completed ${p.times}.`,
    kept: 'What you complete stays, even if what counted is taken back.',
    failure: (p) => `It fails ${p.failure}.`,
  },
};
