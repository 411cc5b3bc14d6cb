/** The English words of every area, by their file: as many lines as there are areas, so they come beside the first page. */
export const files = import.meta.glob<object>('/src/*/*.en.ts', { import: 'en' });
