import { PERMISSION_WORDS } from '@verbena/shared/manifest-words.js';
import { wordsIn } from '@verbena/shared/platform/manifest.js';
import { es as brands } from '#programs/brands.es.js';

declare module '#lib/words/areas.js' {
  interface AreaWordsByName {
    keys: typeof es;
  }
}

/** What the page of API keys says, in Spanish. */
export const es = {
  title: 'Claves de API',
  lead: 'Con una clave, tu caja o tu web envían actividades sin que nadie entre con su cuenta.',
  unique:
    'Cada actividad lleva un número en «key». Dentro de una misma tienda, marca o programa no puede repetirse nunca: el mismo número es el mismo tique, lo envíe la clave que lo envíe.',
  create: 'Crear una clave',
  caption: 'Claves de API del programa',
  columnName: 'Nombre',
  columnSource: 'En nombre de',
  columnTypes: 'Puede enviar',
  columnPermissions: 'Permisos',
  columnUsed: 'Último uso',
  columnState: 'Situación',
  never: 'Nunca',
  theProgram: 'El programa',
  test: 'De prueba',
  active: 'Activa',
  activeUntil: (p: { day: string }) => `Activa hasta el ${p.day}`,
  expired: (p: { day: string }) => `Caducó el ${p.day}`,
  renewedUntil: (p: { moment: string }) => `Renovada; sirve hasta el ${p.moment}`,
  renew: 'Renovar',
  renewOf: (p: { name: string }) => `Renovar la clave ${p.name}`,
  renewTitle: 'Renovar la clave',
  renewText:
    'Tendrás una clave nueva que hace lo mismo que esta, en nombre de la misma tienda, marca o programa: si repite algo que esta ya envió, no contará dos veces. Esta dejará de servir dentro de 24 horas, así que cámbiala antes en tu caja o en tu web.',
  renewedNow: 'Clave renovada.',
  renewedTitle: 'Tu clave está renovada',
  sandbox: 'Ver lo que han enviado las claves de prueba',
  revoked: (p: { day: string }) => `Retirada el ${p.day}`,
  nothing: 'Nada',
  revoke: 'Retirar',
  revokeOf: (p: { name: string }) => `Retirar la clave ${p.name}`,
  revokeTitle: 'Retirar la clave',
  revokeText: 'Dejará de funcionar al momento, y no se puede volver atrás. Lo que ya envió se queda.',
  revokeConfirm: (p: { name: string }) => `Escribe «${p.name}» para confirmarlo`,
  revokeMismatch: 'No coincide con el nombre de la clave.',
  revokedNow: 'Clave retirada.',
  emptyTitle: 'Todavía no hay claves',
  emptyText: 'Crea la primera y tendrás una orden lista para pegar en un terminal y ver llegar puntos.',
  newTitle: 'Clave nueva',
  back: 'Todas las claves',
  name: 'Nombre',
  nameHint: 'Para reconocerla: «Caja de la entrada», «Tienda en línea».',
  nameMissing: 'Escribe un nombre.',
  mode: 'Para qué es',
  modes: { live: 'Para usarla de verdad', test: 'Para probar' },
  modeText: {
    live: 'Lo que envía cuenta: da puntos a tus socios.',
    test: 'Lo que envía se queda en un espacio de pruebas, con socios de prueba: no sale en ninguna lista ni clasificación, ni gasta nada de lo que se reparte. Se puede vaciar.',
  },
  source: 'En nombre de quién habla',
  sourceHint: 'Elige la tienda o la marca si numera sus tiques por su cuenta. Se crean en «Marcas y tiendas».',
  ofShop: (p: { name: string }) => `Tienda: ${p.name}`,
  ofBrand: (p: { name: string }) => `Marca: ${p.name}`,
  expiry: 'Días que servirá',
  expiryHint: 'Si lo dejas en blanco, sirve hasta que la retires.',
  expiryWrong: 'Escribe un número de días, de 1 a 3650, o déjalo en blanco.',
  permissions: 'Qué podrá hacer',
  permissionMissing: 'Marca al menos un permiso.',
  permission: wordsIn('es', PERMISSION_WORDS),
  types: 'Qué actividades podrá enviar',
  typeMissing: 'Marca al menos una actividad, o quita el permiso de enviarlas.',
  submit: 'Crear la clave',
  madeTitle: 'Tu clave está lista',
  madeOnce: 'Cópiala ahora: no la volveremos a mostrar.',
  secret: 'Clave',
  tryTitle: 'Pruébala',
  tryText:
    'Pega esto en un terminal. Cuenta de verdad: da puntos a quien tenga la tarjeta «tarjeta-0001», y si no es de nadie, crea un socio. Para ensayar sin dejar rastro, crea una clave de prueba.',
  tryTest:
    'Pega esto en un terminal. Es una clave de prueba: el socio de la tarjeta «tarjeta-0001» y sus puntos se quedan en el espacio de pruebas.',
  tryRead: 'Pega esto en un terminal.',
  docs: 'Todas las direcciones de la API',
  brands,
  done: 'Ya la he copiado',
};

export type KeyWords = typeof es;
