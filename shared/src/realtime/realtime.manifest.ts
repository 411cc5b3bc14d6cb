import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'stream.unknown': { status: 404, title: { es: 'No hay tal canal', en: 'There is no such stream' } },
  'stream.tooMany': {
    status: 422,
    title: {
      es: 'Esta conexión ya tiene tantos canales abiertos como puede',
      en: 'This socket has as many streams open as it may',
    },
  },
  'stream.cursorAhead': {
    status: 422,
    title: { es: 'El cursor está más allá del final del canal', en: 'The cursor lies beyond the end of the stream' },
  },
} as const satisfies Record<string, ErrorSpec>;
