import type { ListWords } from '#platform/manifest.js';
import type * as manifest from './copies.manifest.js';

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'member.copied': { es: 'Datos de un socio descargados', en: 'A member’s data downloaded' },
};
