import { Slug } from '@verbena/shared/platform/ids.js';
import { slugOf } from './category-slug.js';

test('#6 a name suggests an address that the contract takes', () => {
  expect(slugOf('¿Qué hay de nuevo? Niños y año nuevo')).toBe('que-hay-de-nuevo-ninos-y-ano-nuevo');
  expect(slugOf('¡¿?!')).toBe('');
  const long = slugOf('una sección con un nombre que no se acaba nunca jamás en la vida');
  expect(Slug.safeParse(long).success).toBe(true);
  expect(long).toBe('una-seccion-con-un-nombre-que-no-se-acaba-nunca');
});
