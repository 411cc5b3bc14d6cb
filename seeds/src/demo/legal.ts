import type { LegalDraft } from '@verbena/shared/programs/legal.routes.js';

/** The demo's texts: short, true of a demo, and no model for anybody's own. */
export const PLAZA_LEGAL: LegalDraft = {
  expectedVersion: 0,
  mustAccept: true,
  ageMin: 16,
  purposes: [
    {
      id: 'ofertas-por-correo',
      text: {
        es: 'Quiero recibir por correo las ofertas de las tiendas de la plaza.',
        en: 'I want to receive the offers of the shops of the plaza by e-mail.',
      },
    },
  ],
  terms: {
    es: `Plaza Verbena es un programa de demostración: no hay ninguna tienda detrás y sus puntos no valen dinero. Estas condiciones enseñan dónde irían las de un programa de verdad.

## Quién puede entrar

Cualquiera que tenga 16 años o más. La cuenta es personal y gratuita.

## Cómo se ganan los puntos

Con las compras y las misiones que se leen en *Reglas*. Cada movimiento lleva su justificante: qué regla lo dio y por qué.

## Si las reglas cambian

- Lo que mejora vale desde el primer momento.
- Lo que empeora se avisa antes de que entre en vigor.
- Si cambian estas condiciones, aquí quedan las anteriores.

## Darse de baja

Cuando quieras, desde tu perfil. Antes puedes descargar todo lo que el programa sabe de ti.
`,
    en: `Plaza Verbena is a demo: there is no shop behind it and its points are worth no money. These terms show where those of a real program would stand.

## Who can join

Anybody who is 16 or older. The account is personal and free.

## How points are earned

With the purchases and missions that you can read under *Rules*. Each entry has its receipt: which rule gave it, and why.

## If the rules change

- What gets better counts from the first moment.
- What gets worse is announced before it comes into force.
- If these terms change, the earlier ones can still be read here.

## Leaving

Whenever you like, from your profile. Before that you can download everything that the program knows about you.
`,
  },
  privacy: {
    es: `Plaza Verbena es una demostración que funciona en este ordenador. No escribas en ella datos de verdad que no quieras dejar aquí.

## Qué se guarda

- Tu nombre, tu correo y el alias que elijas.
- Lo que compras, cuando la tienda lo envía, y los puntos que te da.
- Desde qué dispositivos tienes la sesión abierta.

## Para qué

Para llevar tu cuenta de puntos y explicarte cada movimiento. Para nada más, salvo que tú des permiso en tu perfil; puedes retirarlo cuando quieras.

## Quién lo ve

El equipo del programa. Los demás socios solo ven tu alias y lo que tú decidas enseñar.

## Tus derechos

En tu perfil puedes corregir tus datos, descargarlos y darte de baja.
`,
    en: `Plaza Verbena is a demo that runs on this computer. Do not type real data into it that you would not want to leave here.

## What is kept

- Your name, your e-mail address and the alias that you choose.
- What you buy, when the shop sends it, and the points that it gives you.
- On which devices you are logged in.

## What for

To keep your account of points and to explain each entry to you. For nothing else, unless you allow it in your profile; you can take that back whenever you like.

## Who sees it

The team of the program. Other members only see your alias and what you decide to show.

## Your rights

In your profile you can correct your data, download it, and leave.
`,
  },
};
