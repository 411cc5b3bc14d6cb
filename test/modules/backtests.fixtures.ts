import { startBacktest } from '@verbena/shared/backtests/backtests.routes.js';
import { call } from '#support/http-call.js';
import type { ModuleFixtures } from '#support/module-fixtures.js';

export const fixtures: ModuleFixtures = {
  bodies: {
    'POST /programs/:program/drafts/:draft/trial': () => ({ member: 'ext:alguien', activity: { seq: 1 } }),
  },
  make: async ({ server, slug }, _person, { draft = '' }) => ({
    backtest: (await call(server.local, startBacktest, { params: { program: slug, draft } })).id,
  }),
};
