/** The Spanish words of every area, by their file: as many lines as there are areas, so they come beside the first page. */
export const files = import.meta.glob<object>('/src/*/*.es.ts', { import: 'es' });
