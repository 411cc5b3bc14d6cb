import type { RateSettings } from '#platform/config/config.js';
import type { RateRule } from './sliding-window.js';

export { addressSubject } from '#platform/http/network-address.js';

const MINUTE_MS = 60_000;

/** Wrong passwords for one e-mail address from one network address. */
export const LOGIN_PAIR: RateRule = { name: 'loginPair', max: 10, windowMs: 15 * MINUTE_MS };
/** Wrong passwords from one network address, whatever the e-mail: one list of stolen passwords tries each only once. */
export const LOGIN_ADDRESS: RateRule = { name: 'loginAddress', max: 30, windowMs: 15 * MINUTE_MS };

/** Wrong claim codes of one login, and of one network address, behind which a whole centre's guests may be. */
export const CLAIM_USER: RateRule = { name: 'claimUser', max: 10, windowMs: 15 * MINUTE_MS };
export const CLAIM_ADDRESS: RateRule = { name: 'claimAddress', max: 60, windowMs: 15 * MINUTE_MS };

/** Wrong present passwords of a login that is logged in, and wrong second factors. */
export const PASSWORD_USER: RateRule = { name: 'passwordUser', max: 10, windowMs: 15 * MINUTE_MS };
export const SECOND_FACTOR_USER: RateRule = { name: 'secondFactorUser', max: 10, windowMs: 15 * MINUTE_MS };
/**
 * Mails that choose a new password: asked from one network address, for one e-mail address from there, and for it from
 * anywhere. A stranger who asks for somebody's address is refused by the pair and keeps its owner out of nothing.
 */
export const RESET_ADDRESS: RateRule = { name: 'resetAddress', max: 20, windowMs: 15 * MINUTE_MS };
export const RESET_PAIR: RateRule = { name: 'resetPair', max: 5, windowMs: 60 * MINUTE_MS };
export const RESET_EMAIL: RateRule = { name: 'resetEmail', max: 30, windowMs: 60 * MINUTE_MS };
export const RESEND_USER: RateRule = { name: 'resendUser', max: 5, windowMs: 60 * MINUTE_MS };
/** Invitation codes that were nobody's, from one network address. */
export const INVITATION_ADDRESS: RateRule = { name: 'invitationAddress', max: 60, windowMs: 15 * MINUTE_MS };

/** Aliases that were found taken before joining, from one network address: a list of names is not asked through. */
export const ALIAS_ADDRESS: RateRule = { name: 'aliasAddress', max: 60, windowMs: 15 * MINUTE_MS };

/** Copies of all that is known of a member: each reads a whole journal. */
export const COPY_USER: RateRule = { name: 'copyUser', max: 20, windowMs: 60 * MINUTE_MS };

/** What a member asked of its own points and streaks and was refused: a gift beyond its limit, a pause that cannot be. */
export const REFUSED_ACTS_USER: RateRule = { name: 'refusedActsUser', max: 20, windowMs: 24 * 60 * MINUTE_MS };

/** How often each kind of caller may ask. */
export interface RateRules {
  readonly key: RateRule;
  readonly user: RateRule;
  readonly address: RateRule;
  /** New logins from one network address: a centre's own Wi-Fi on an opening day, or a phone company's shared one. */
  readonly register: RateRule;
}

export function rateRulesOf(settings: RateSettings): RateRules {
  return {
    key: { name: 'key', max: settings.keyPerMinute, windowMs: MINUTE_MS },
    user: { name: 'user', max: settings.userPerMinute, windowMs: MINUTE_MS },
    address: { name: 'address', max: settings.addressPerMinute, windowMs: MINUTE_MS },
    register: {
      name: 'registerAddress',
      max: settings.joinsPerHour,
      windowMs: 60 * MINUTE_MS,
      code: 'account.tooMany',
    },
  };
}
