import type { ErrorSpec } from '#platform/manifest.js';

export const errors = {
  'undo.moved': { status: 409, title: { es: 'El miembro siguió mientras tanto', en: 'The member went on meanwhile' } },
  'undo.notFound': { status: 404, title: { es: 'No hay tal plan de corrección', en: 'There is no such undo plan' } },
  'undo.firstVersion': {
    status: 422,
    title: { es: 'No hay versión anterior a esta', en: 'There is no version before this one' },
  },
  'undo.inForce': { status: 409, title: { es: 'Esta versión sigue en vigor', en: 'This version is still in force' } },
  'undo.noInterval': {
    status: 422,
    title: { es: 'La versión no decidió nada en ese intervalo', en: 'The version decided nothing in this interval' },
  },
  'undo.open': { status: 409, title: { es: 'Hay otro plan de corrección abierto', en: 'Another undo plan is open' } },
  'undo.notPlanned': {
    status: 409,
    title: { es: 'Este plan no espera a que se aplique', en: 'This plan does not wait to be carried out' },
  },
  'undo.own': { status: 403, title: { es: 'Nadie aplica un plan suyo', en: 'Nobody carries out a plan of their own' } },
} as const satisfies Record<string, ErrorSpec>;

export const auditActions = ['undo.planned', 'undo.approved', 'undo.cancelled'] as const;

export const auditSubjects = ['undoPlan'] as const;
