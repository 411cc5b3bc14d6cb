/** What the page of brands and shops says, in Spanish. */
export const es = {
  title: 'Marcas y tiendas',
  lead: 'En nombre de quién hablan tus claves. Lo que envía una tienda, otra ni lo ve ni lo anula, y cada una lleva su propia numeración.',
  brands: 'Marcas',
  shops: 'Tiendas',
  brandsCaption: 'Marcas del programa',
  shopsCaption: 'Tiendas del programa',
  columnName: 'Nombre',
  columnSlug: 'Nombre corto',
  columnCards: 'Tarjetas',
  columnBrand: 'Marca',
  columnState: 'Situación',
  externalIds: { program: 'Las del programa', own: 'Propias' },
  externalIdsText: {
    program: 'Sus claves leen las mismas tarjetas que todo el programa.',
    own: 'Lleva su propia numeración: su tarjeta 1 no es la tarjeta 1 del programa. No se puede cambiar después.',
  },
  ofProgram: 'Del programa',
  inUse: 'En uso',
  archived: (p: { day: string }) => `Archivada el ${p.day}`,
  brandsEmpty: 'Todavía no hay marcas. Crea una si alguien de fuera envía actividades en su propio nombre.',
  shopsEmpty: 'Todavía no hay tiendas. Crea una por cada caja o local que numere sus tiques por su cuenta.',
  newBrand: 'Crear una marca',
  newShop: 'Crear una tienda',
  name: 'Nombre',
  nameHint: 'Lo leen los socios en sus movimientos.',
  nameMissing: 'Escribe un nombre.',
  slug: 'Nombre corto',
  slugHint: 'Letras minúsculas, números y guiones: «moda-sur». No se puede cambiar después.',
  slugMissing: 'Usa de 2 a 48 letras minúsculas, números o guiones sueltos.',
  create: 'Crear',
  made: (p: { name: string }) => `«${p.name}» ya está en la lista.`,
  change: 'Cambiar',
  changeOf: (p: { name: string }) => `Cambiar ${p.name}`,
  changeTitle: 'Cambiar el nombre o archivar',
  changed: 'Cambios guardados.',
  archive: 'Archivar',
  archiveText:
    'Si se archiva, ninguna clave nueva podrá hablar en su nombre. Las que ya tiene siguen, y lo que envió se queda.',
  restore: 'Recuperar',
  restoreText: 'Está archivada: ninguna clave nueva puede hablar en su nombre.',
};

export type BrandWords = typeof es;

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    brands: BrandWords;
  }
}
