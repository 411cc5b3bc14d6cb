import type { ListWords, Sentence, WordsOf } from '#platform/manifest.js';
import type * as manifest from './segments.manifest.js';

export const errors: WordsOf<typeof manifest.errors, Sentence> = {
  'segment.notFound': { es: 'Ese segmento no existe.', en: 'There is no such segment.' },
  'segment.slugTaken': {
    es: 'Otro segmento ya usa ese nombre corto.',
    en: 'Another segment has that short name.',
  },
  'segment.notList': {
    es: 'Ese segmento no es una lista: quién pertenece lo dice su condición.',
    en: 'That segment is not a list: its condition says who belongs to it.',
  },
  'segment.full': {
    es: (p, f) => `Una lista admite como mucho ${f.number(Number(p.max))} socios. Haz otra, o quita a alguien.`,
    en: (p, f) => `A list takes up to ${f.number(Number(p.max))} members. Make another one, or remove somebody.`,
  },
  'segment.unknownMembers': {
    es: (p, f) =>
      f.count(Number(p.count), {
        one: 'Hay # número que no es de nadie, y por eso no se ha añadido a nadie. Corrígelo o quítalo.',
        other: 'Hay # números que no son de nadie, y por eso no se ha añadido a nadie. Corrígelos o quítalos.',
      }),
    en: (p, f) =>
      f.count(Number(p.count), {
        one: '# number is nobody’s, so nobody was added. Correct it or leave it out.',
        other: '# numbers are nobody’s, so nobody was added. Correct them or leave them out.',
      }),
  },
  'segment.notInList': {
    es: 'Ese socio no está en la lista.',
    en: 'That member is not on the list.',
  },
};

export const auditActions: ListWords<typeof manifest.auditActions> = {
  'segment.created': { es: 'Segmento creado', en: 'Segment created' },
  'segment.changed': { es: 'Segmento cambiado', en: 'Segment changed' },
  'segment.membersAdded': { es: 'Socios añadidos a un segmento', en: 'Members added to a segment' },
  'segment.memberRemoved': { es: 'Socio quitado de un segmento', en: 'Member removed from a segment' },
};

export const auditSubjects: ListWords<typeof manifest.auditSubjects> = {
  segment: { es: 'Segmento', en: 'Segment' },
};
