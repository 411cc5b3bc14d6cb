import type { ListWords, PermissionWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './programs.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'brand.notFound': {
    es: 'Esa marca no existe.',
    en: 'There is no such brand.',
  },
  'brand.slugTaken': {
    es: 'Otra marca ya usa ese nombre corto.',
    en: 'Another brand has that short name.',
  },
  'brand.archived': {
    es: 'Esa marca está archivada. Recupérala primero, o elige otra.',
    en: 'That brand is archived. Take it into use again first, or choose another one.',
  },
  'shop.notFound': {
    es: 'Esa tienda no existe.',
    en: 'There is no such shop.',
  },
  'shop.slugTaken': {
    es: 'Otra tienda ya usa ese nombre corto.',
    en: 'Another shop has that short name.',
  },
  'shop.archived': {
    es: 'Esa tienda está archivada. Recupérala primero, o elige otra.',
    en: 'That shop is archived. Take it into use again first, or choose another one.',
  },
  'program.notFound': {
    es: 'Este programa no existe.',
    en: 'There is no such program.',
  },
  'program.slugTaken': {
    es: (p) => `El nombre «${String(p.slug)}» ya está en uso. Elige otro.`,
    en: (p) => `The name “${String(p.slug)}” is taken. Choose another.`,
  },
  'program.slugReserved': {
    es: (p) => `El nombre «${String(p.slug)}» está reservado. Elige otro.`,
    en: (p) => `The name “${String(p.slug)}” is reserved. Choose another.`,
  },
  'program.ownerUnverified': {
    es: 'Antes de crear un programa, confirma tu correo con el enlace que te hemos enviado. Si no lo encuentras, pide otro.',
    en: 'Before you create a program, confirm your e-mail with the link that we sent you. If you cannot find it, ask for another one.',
  },
  'program.noApprover': {
    es: 'Todavía no hay nadie más en el equipo que pueda aprobar, y nadie podría publicar. Cuando haya otra persona, se puede pedir.',
    en: 'There is nobody else on the staff yet who could approve, and nobody could publish. It can be asked for once there is.',
  },
  'program.tooMany': {
    es: (p, f) =>
      `Con tu cuenta puedes llevar como mucho ${f.count(Number(p.max ?? 5), { one: '# programa', other: '# programas' })}. Si necesitas otro, pídelo a quien mantiene la instalación.`,
    en: (p, f) =>
      `Your account may own up to ${f.count(Number(p.max ?? 5), { one: '# program', other: '# programs' })}. If you need another one, ask whoever runs this installation.`,
  },
  'program.shiftDiffers': {
    es: (p) =>
      `Este programa se importó con un desplazamiento de ${String(p.stored)} semanas. Usa el mismo o crea otro programa.`,
    en: (p) =>
      `This program was imported with a shift of ${String(p.stored)} weeks. Use the same one, or another program.`,
  },
  'program.joinClosed': {
    es: 'A este programa no se entra así. Pide un código a su equipo o, si las admite, una invitación.',
    en: 'That is no way into this program. Ask its team for a code, or somebody inside for an invitation where those count.',
  },
  'legal.notFound': {
    es: 'No hay textos legales con ese número.',
    en: 'There are no legal texts with that number.',
  },
  'legal.conflict': {
    es: 'Alguien ha publicado otros textos mientras tanto. Copia lo tuyo, recarga la página y compáralos.',
    en: 'Somebody published other texts meanwhile. Copy yours, reload the page and compare them.',
  },
  'legal.changed': {
    es: 'Los textos legales acaban de cambiar. Léelos de nuevo antes de seguir.',
    en: 'The legal texts have just changed. Read them again before you go on.',
  },
  'legal.notAccepted': {
    es: 'Antes tienes que aceptar las condiciones del programa.',
    en: 'You have to accept the program’s terms first.',
  },
  'definitions.invalid': {
    es: 'Las definiciones no encajan entre sí. Revisa los puntos señalados.',
    en: 'The definitions do not fit together. Check the marked places.',
  },
  'definitions.conflict': {
    es: 'Alguien ha publicado otra versión mientras tanto. Recárgala y aplica tus cambios sobre ella.',
    en: 'Somebody published another version meanwhile. Load it and apply your changes to it.',
  },
  'version.notFound': {
    es: 'Esta versión no existe.',
    en: 'This version does not exist.',
  },
  'version.moved': {
    es: (p) =>
      `El borrador parte de la versión ${String(p.basedOn)} y ya está publicada la ${String(p.newest)}. Ponlo al día y revísalo otra vez.`,
    en: (p) =>
      `The draft is based on version ${String(p.basedOn)}, and version ${String(p.newest)} is out. Bring it up to date and look at it again.`,
  },
  'version.waiting': {
    es: (p, f) =>
      `La versión ${String(p.version)} espera hasta el ${f.moment(String(p.from))}. Retírala antes de publicar otra.`,
    en: (p, f) =>
      `Version ${String(p.version)} waits until ${f.moment(String(p.from))}. Withdraw it before you publish another.`,
  },
  'version.notWaiting': {
    es: 'Esta versión no está esperando, así que no se puede retirar. Puedes volver a una anterior.',
    en: 'This version does not wait, so it cannot be withdrawn. You can go back to an earlier one.',
  },
  'version.noticeTooShort': {
    es: (p, f) =>
      `Algo de esto no es solo en beneficio de los socios, y hay que avisar con ${f.count(Number(p.days), { one: '# día', other: '# días' })}. Elige una fecha desde el ${f.moment(String(p.earliest))}.`,
    en: (p, f) =>
      `Some of this is not purely to members’ benefit and needs ${f.count(Number(p.days), { one: '# day', other: '# days' })} of notice. Choose a date from ${f.moment(String(p.earliest))}.`,
  },
  'version.notCorrection': {
    es: (p, f) =>
      `Solo se puede corregir en el acto lo que lleva menos de ${f.count(Number(p.days), { one: '# día', other: '# días' })} en vigor. Esto quita algo que ya estaba antes.`,
    en: (p, f) =>
      `Only what has been in force for less than ${f.count(Number(p.days), { one: '# day', other: '# days' })} can be corrected at once. This takes away something that was there before.`,
  },
  'version.inPast': {
    es: 'Elige un momento que aún no haya pasado.',
    en: 'Choose a moment that has not passed yet.',
  },
  'draft.notFound': {
    es: 'Este borrador no existe. Puede que alguien lo haya publicado o borrado.',
    en: 'This draft does not exist. Somebody may have published or deleted it.',
  },
  'draft.nameTaken': {
    es: 'Ya hay un borrador con ese nombre. Elige otro.',
    en: 'Another draft has this name already. Choose another.',
  },
  'draft.tooMany': {
    es: 'Ya hay tantos borradores como puede haber. Borra alguno que no uses.',
    en: 'There are as many drafts as there may be. Delete one that you do not use.',
  },
  'draft.changed': {
    es: 'Alguien ha cambiado este borrador mientras tanto. Cárgalo de nuevo; lo que has escrito sigue aquí.',
    en: 'Somebody changed this draft meanwhile. Load it again; what you typed is still here.',
  },
  'draft.notApproved': {
    es: 'Este programa pide que otra persona apruebe el borrador antes de publicarlo.',
    en: 'In this program somebody else must approve a draft before it is published.',
  },
  'draft.ownApproval': {
    es: 'Lo tiene que aprobar alguien que no lo haya cambiado.',
    en: 'Somebody who has not changed it must approve it.',
  },
};

export const permissions: PermissionWords<typeof manifest.permissions> = {
  'definitions.read': {
    es: {
      label: 'Leer las reglas y las clasificaciones',
      text: 'Para mostrar misiones, categorías y clasificaciones en tu web. Incluye el perfil que cada socio enseña.',
    },
    en: {
      label: 'Read the rules and the leaderboards',
      text: 'To show missions, tiers and leaderboards on your website. It includes the profile that each member shows.',
    },
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'program.created': { es: 'Programa creado', en: 'Program created' },
  'program.changed': { es: 'Programa cambiado', en: 'Program changed' },
  'legal.published': { es: 'Textos legales publicados', en: 'Legal texts published' },
  'definitions.published': { es: 'Reglas publicadas', en: 'Rules published' },
  'definitions.withdrawn': { es: 'Versión retirada', en: 'Version withdrawn' },
  'draft.created': { es: 'Borrador empezado', en: 'Draft begun' },
  'draft.changed': { es: 'Borrador cambiado', en: 'Draft changed' },
  'draft.rebased': { es: 'Borrador puesto al día', en: 'Draft brought up to date' },
  'draft.reviewed': { es: 'Borrador revisado', en: 'Draft reviewed' },
  'draft.deleted': { es: 'Borrador borrado', en: 'Draft deleted' },
  'brand.created': { es: 'Marca creada', en: 'Brand made' },
  'brand.changed': { es: 'Nombre de una marca cambiado', en: 'Brand renamed' },
  'brand.archived': { es: 'Marca archivada', en: 'Brand archived' },
  'brand.restored': { es: 'Marca recuperada', en: 'Brand taken into use again' },
  'shop.created': { es: 'Tienda creada', en: 'Shop made' },
  'shop.changed': { es: 'Nombre de una tienda cambiado', en: 'Shop renamed' },
  'shop.archived': { es: 'Tienda archivada', en: 'Shop archived' },
  'shop.restored': { es: 'Tienda recuperada', en: 'Shop taken into use again' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  program: { es: 'El programa', en: 'The program' },
  programVersion: { es: 'Las reglas', en: 'The rules' },
  draft: { es: 'Borrador', en: 'Draft' },
  brand: { es: 'Marca', en: 'Brand' },
  shop: { es: 'Tienda', en: 'Shop' },
};
