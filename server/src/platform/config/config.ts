import * as z from 'zod/mini';

const flag = z.pipe(
  z.optional(z.string()),
  z.transform((text: string | undefined) => text === '1' || text === 'true'),
);
const whole = (fallback: number, minimum: number, maximum: number) =>
  z
    .pipe(
      z.optional(z.string().check(z.regex(/^\d{1,9}$/))),
      z.transform((text: string | undefined) => (text === undefined ? fallback : Number(text))),
    )
    .check(z.refine((value) => value >= minimum && value <= maximum));

const Environment = z.object({
  ROLE: z._default(z.enum(['api', 'worker', 'all', 'command']), 'all'),
  PORT: whole(3000, 0, 65_535),
  HOST: z._default(z.string(), '127.0.0.1'),
  MONGODB_URI: z.string().check(z.regex(/^mongodb(\+srv)?:\/\//)),
  MONGODB_DATABASE: z._default(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,60}$/)), 'verbena'),
  REDIS_URL: z.string().check(z.regex(/^rediss?:\/\//)),
  /** In front of every Redis key, so that tests and several installations share one Redis. */
  REDIS_PREFIX: z._default(z.string().check(z.regex(/^[A-Za-z0-9:_-]{1,60}$/)), 'verbena'),
  DATA_DIR: z._default(z.string(), '.data'),
  PUBLIC_URL: z.optional(z.url()),
  /** Browsers ask every name below ours by https too, for two years: only where all of them have it. */
  VERBENA_HSTS_SUBDOMAINS: flag,
  /** How many proxies of ours stand in front; only so many of their addresses are believed. */
  TRUST_PROXY: whole(0, 0, 5),
  VERBENA_LANES: whole(2, 1, 64),
  VERBENA_SIGNUP: z._default(z.enum(['open', 'operator']), 'operator'),
  /** Whether strangers may read the reference of the API. */
  VERBENA_API_REFERENCE: z._default(z.enum(['on', 'off']), 'on'),
  VERBENA_TEST: flag,
  /** Off only for tests, which all come from one address. */
  VERBENA_RATE_LIMITS: z._default(z.enum(['on', 'off']), 'on'),
  VERBENA_RATE_KEY_PER_MINUTE: whole(6_000, 1, 999_999_999),
  VERBENA_RATE_USER_PER_MINUTE: whole(600, 1, 999_999_999),
  VERBENA_RATE_ADDRESS_PER_MINUTE: whole(600, 1, 999_999_999),
  VERBENA_RATE_JOINS_PER_HOUR: whole(300, 1, 999_999_999),
  /** Where mails go; without it they stay in the database, for the staff page. */
  SMTP_URL: z.optional(
    z.string().check(
      z.regex(/^smtps?:\/\//),
      z.refine((text) => URL.canParse(text)),
    ),
  ),
  /** `Name <address>` or an address. */
  MAIL_FROM: z.optional(z.string().check(z.regex(/^(?:[^<>"\r\n]{1,80}<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/))),
  VERBENA_LOCAL_TOKEN: z.optional(z.string().check(z.minLength(32))),
  LOG_LEVEL: z._default(z.enum(['error', 'warn', 'log', 'debug']), 'log'),
});

/** How many requests a minute an API key, a login, and a network address without either may send; how many logins an hour it may make. */
export interface RateSettings {
  readonly isOn: boolean;
  readonly keyPerMinute: number;
  readonly userPerMinute: number;
  readonly addressPerMinute: number;
  readonly joinsPerHour: number;
}

/** The SMTP server, null where there is none, and who sends. */
export interface MailSettings {
  readonly smtpUrl: string | null;
  readonly from: { readonly name: string; readonly address: string };
}

/** All that is decided from outside, read once, checked, and typed; nothing else reads the environment. */
export class Config {
  constructor(
    /** `command` reads and writes like the others, but leads no lane and does no jobs: for the verbs of the terminal. */
    readonly role: 'api' | 'worker' | 'all' | 'command',
    readonly port: number,
    readonly host: string,
    readonly mongodbUri: string,
    readonly mongodbDatabase: string,
    readonly redisUrl: string,
    readonly redisPrefix: string,
    readonly dataDir: string,
    /** Where browsers find us; unknown means this machine's loopback address. */
    readonly publicUrl: URL | null,
    readonly lanes: number,
    readonly signup: 'open' | 'operator',
    /** Opens the clock route; never set outside tests. */
    readonly isTest: boolean,
    /** With this token the commands of this machine speak to the server. */
    readonly localToken: string | null,
    readonly logLevel: 'error' | 'warn' | 'log' | 'debug',
    /** How many proxies of ours stand between us and the caller. */
    readonly proxies: number,
    readonly rates: RateSettings,
    readonly mail: MailSettings,
    readonly hasReference: boolean,
    readonly hasSecureSubdomains: boolean,
  ) {}

  /** Browsers drop `Secure` and `__Host-` cookies on plain http elsewhere than loopback. */
  get hasSecureCookies(): boolean {
    const url = this.publicUrl;
    if (url === null || url.protocol === 'https:') return true;
    return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  }
}

/** Reads the environment, or throws one error that names every variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = z.safeParse(Environment, environment);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new Error(`These settings are missing or not valid: ${names.join(', ')}. See docs/settings.md.`);
  }
  const e = parsed.data;
  if (e.SMTP_URL !== undefined && e.MAIL_FROM === undefined)
    throw new Error('SMTP_URL is set and MAIL_FROM, the sender of its mails, is not. See docs/settings.md.');
  return new Config(
    e.ROLE,
    e.PORT,
    e.HOST,
    e.MONGODB_URI,
    e.MONGODB_DATABASE,
    e.REDIS_URL,
    e.REDIS_PREFIX,
    e.DATA_DIR,
    e.PUBLIC_URL === undefined ? null : new URL(e.PUBLIC_URL),
    e.VERBENA_LANES,
    e.VERBENA_SIGNUP,
    e.VERBENA_TEST,
    e.VERBENA_LOCAL_TOKEN ?? null,
    e.LOG_LEVEL,
    e.TRUST_PROXY,
    {
      isOn: !(e.VERBENA_TEST && e.VERBENA_RATE_LIMITS === 'off'),
      keyPerMinute: e.VERBENA_RATE_KEY_PER_MINUTE,
      userPerMinute: e.VERBENA_RATE_USER_PER_MINUTE,
      addressPerMinute: e.VERBENA_RATE_ADDRESS_PER_MINUTE,
      joinsPerHour: e.VERBENA_RATE_JOINS_PER_HOUR,
    },
    { smtpUrl: e.SMTP_URL ?? null, from: readSender(e.MAIL_FROM ?? 'Verbena <verbena@localhost>') },
    e.VERBENA_API_REFERENCE === 'on',
    e.VERBENA_HSTS_SUBDOMAINS,
  );
}

function readSender(text: string): MailSettings['from'] {
  const [, name = '', address = text] = /^(.*)<(.+)>$/.exec(text.trim()) ?? [];
  return { name: name.trim() === '' ? 'Verbena' : name.trim(), address: address.trim() };
}
