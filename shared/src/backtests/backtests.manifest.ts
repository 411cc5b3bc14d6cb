import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'backtest.notFound': { status: 404, title: { es: 'No hay tal prueba', en: 'There is no such backtest' } },
  'backtest.running': {
    status: 409,
    title: { es: 'Ya hay una prueba de este borrador en marcha', en: 'A backtest of this draft is running' },
  },
  'backtest.ended': { status: 409, title: { es: 'Esta prueba ya ha terminado', en: 'This backtest has ended' } },
} as const satisfies Record<string, ErrorSpec>;
