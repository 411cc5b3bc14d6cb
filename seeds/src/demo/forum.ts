import type { CategoryDraft } from '@verbena/shared/forums/category.js';
import type { Reaction } from '@verbena/shared/forums/reaction.js';

/** Who writes: Lucía, Marcos, or a household by its place among the others. */
export type DemoAuthor = 'lucia' | 'marcos' | number;

/** A post, so many minutes after the one before it; `replyTo` is the number of the post that it answers to. */
export interface DemoPost {
  readonly author: DemoAuthor;
  readonly after: number;
  readonly body: string;
  readonly replyTo?: number;
}

export interface DemoThread {
  /** Its key, which never changes. */
  readonly key: string;
  readonly section: string;
  readonly title: string;
  /** When it was opened, counted back from when the demo is made. */
  readonly hoursAgo: number;
  readonly posts: readonly DemoPost[];
  /** The number of the accepted answer. */
  readonly answer?: number;
  /** How many households react so to which post, by its number. */
  readonly reactions?: readonly (readonly [number, Reaction, number])[];
  readonly isLocked?: boolean;
  readonly isPinned?: boolean;
}

const MODERATORS = { role: { atLeast: 'moderator' } } as const;
/** Who moderates has to read it. */
const GOLD_ROOM = { any: [{ tier: { atLeast: 'oro' } }, MODERATORS] };

/** The sections of the demo's forum, in their order; `below` names the section above it. */
export const FORUM_SECTIONS: readonly (Omit<CategoryDraft, 'parent'> & { readonly below?: string })[] = [
  {
    slug: 'la-plaza',
    name: { es: 'La plaza', en: 'The square' },
    description: {
      es: 'De todo un poco: lo que pasa en el centro y alrededor.',
      en: 'A bit of everything: what happens in the centre and around it.',
    },
    icon: 'talk',
    color: 'indigo',
  },
  {
    slug: 'preguntas',
    name: { es: 'Preguntas y respuestas', en: 'Questions and answers' },
    description: {
      es: 'Puntos, tarjeta, misiones: pregunta, que alguien lo sabe.',
      en: 'Points, card, missions: ask, somebody knows.',
    },
    icon: 'question',
    color: 'blue',
  },
  {
    slug: 'tiendas',
    name: { es: 'Tiendas y ofertas', en: 'Shops and offers' },
    description: {
      es: 'Lo que merece la pena, contado por quien lo ha probado.',
      en: 'What is worth it, told by who tried it.',
    },
    icon: 'store',
    color: 'amber',
  },
  {
    slug: 'comer',
    below: 'tiendas',
    name: { es: 'Comer y tomar algo', en: 'Food and drinks' },
    description: { es: 'Desayunos, menús del día y terrazas.', en: 'Breakfasts, menus of the day and terraces.' },
    icon: 'coffee',
    color: 'red',
  },
  {
    slug: 'sala-oro',
    name: { es: 'Sala Oro', en: 'The Gold room' },
    description: {
      es: 'Preestrenos y propuestas, de quien lleva más tiempo viniendo.',
      en: 'Previews and proposals, by those who have come for longest.',
    },
    icon: 'star',
    color: 'amber',
    rights: { see: null, read: GOLD_ROOM, create: GOLD_ROOM, reply: GOLD_ROOM, react: null, moderate: MODERATORS },
  },
  {
    slug: 'ayuda',
    name: { es: 'Ayuda, en privado', en: 'Help, in private' },
    description: {
      es: 'Lo que prefieras contar solo al equipo. Nadie más ve tus hilos.',
      en: 'What you would rather tell only the team. Nobody else sees your threads.',
    },
    icon: 'help',
    color: 'green',
    ownThreadsOnly: true,
  },
];

/** What was written there, the newest last. */
export const FORUM_THREADS: readonly DemoThread[] = [
  {
    key: 'bienvenida',
    section: 'la-plaza',
    title: 'Bienvenida: preséntate aquí',
    hoursAgo: 2_900,
    isPinned: true,
    reactions: [
      [1, 'love', 9],
      [2, 'laugh', 5],
      [4, 'thanks', 3],
      [5, 'like', 6],
    ],
    posts: [
      {
        author: 4,
        after: 0,
        body: '¡Hola! Abro este hilo para que nos vayamos conociendo. Cuenta lo que quieras: desde cuándo vienes, tu tienda favorita o el mejor rato del día para pasarse.\n\nEmpiezo yo: vengo desde que era solo el mercado, y mi rato es el **sábado a primera hora**, cuando aún huele a pan.',
      },
      {
        author: 11,
        after: 95,
        body: 'Yo vivo enfrente, así que vengo *demasiado*. Mi tienda favorita es la librería, y mi ruina también.',
      },
      {
        author: 23,
        after: 600,
        body: 'Recién llegada al barrio. De momento me pierdo entre la planta 1 y la 2, pero ya me voy aclarando.',
      },
      {
        author: 4,
        after: 70,
        body: 'Truco: si ves la fuente, estás en la 1. Si ves los farolillos, en la 2.',
        replyTo: 3,
      },
      {
        author: 'lucia',
        after: 2_880,
        body: 'Llevo medio año con la tarjeta y este mes voy a por las diez visitas. ¡Deseadme suerte!',
      },
    ],
  },
  {
    key: 'farolillos',
    section: 'la-plaza',
    title: '¿Quién pone los farolillos de verano?',
    hoursAgo: 2_650,
    reactions: [[3, 'love', 12]],
    posts: [
      { author: 30, after: 0, body: 'Cada año están más bonitos. ¿Los hace alguien del centro o los encargan fuera?' },
      {
        author: 8,
        after: 240,
        body: 'Los del año pasado los hicieron los niños del colegio de al lado. Los de este no lo sé, pero tienen pinta.',
      },
      {
        author: 17,
        after: 1_300,
        body: 'Confirmo lo del colegio: mi hija hizo el azul que cuelga junto a la panadería. Se pasa el día señalándolo.',
      },
    ],
  },
  {
    key: 'puntos-que-no-llegan',
    section: 'preguntas',
    title: 'Compré ayer y no veo los puntos',
    hoursAgo: 2_300,
    answer: 2,
    reactions: [
      [2, 'thanks', 8],
      [3, 'like', 2],
    ],
    posts: [
      {
        author: 41,
        after: 0,
        body: 'Ayer hice la compra grande, pasé la tarjeta y hoy no me sale nada en la cartera. ¿Le ha pasado a alguien?',
      },
      {
        author: 6,
        after: 55,
        body: 'A mí me pasó. Mira dos cosas:\n\n1. Que el tique diga **el número de tu tarjeta** al final. Si no está, no la pasaron.\n2. Si está, entra en *Cartera* y toca el movimiento: te dice por qué contó, o por qué no.\n\nEn mi caso era lo primero. Fui con el tique y me lo apuntaron en el momento.',
      },
      { author: 41, after: 400, body: '¡Era lo primero! Mañana me acerco con el tique. Mil gracias.', replyTo: 2 },
    ],
  },
  {
    key: 'plata-u-oro',
    section: 'preguntas',
    title: '¿Los puntos que gasto me bajan de categoría?',
    hoursAgo: 2_050,
    answer: 3,
    reactions: [[3, 'thanks', 11]],
    posts: [
      {
        author: 14,
        after: 0,
        body: 'Estoy a punto de llegar a Plata y quiero canjear un café. ¿Si gasto puntos me alejo de la categoría?',
      },
      { author: 36, after: 30, body: 'Buena pregunta, yo llevaba meses sin gastar nada por eso mismo…' },
      {
        author: 6,
        after: 44,
        body: 'No. Para la categoría cuenta lo que **ganas** en el año, no lo que te queda. Puedes gastar tranquila.\n\nLo pone en *Categorías*, debajo de la barra.',
      },
      { author: 14, after: 15, body: 'Pues me voy a por ese café. ¡Gracias!' },
    ],
  },
  {
    key: 'mejor-cafe',
    section: 'comer',
    title: 'El mejor café con leche de la plaza',
    hoursAgo: 1_900,
    reactions: [
      [2, 'like', 4],
      [4, 'laugh', 10],
      [5, 'laugh', 3],
    ],
    posts: [
      {
        author: 2,
        after: 0,
        body: 'Abro debate. Para mí no hay duda: la barra de la panadería, con la tostada de tomate.',
      },
      { author: 19, after: 25, body: 'Panadería sí, pero **antes de las nueve**. Luego hay cola hasta la puerta.' },
      {
        author: 27,
        after: 300,
        body: 'La cafetería de la planta 2 lo hace más suave, y tiene leche de avena sin cobrarla aparte.',
      },
      {
        author: 2,
        after: 60,
        body: '> La cafetería de la planta 2 lo hace más suave\n\nSuave es una forma muy amable de decirlo. 😄',
        replyTo: 3,
      },
      { author: 33, after: 1_500, body: 'El del mercado, de pie y en vaso. No acepto réplicas.' },
    ],
  },
  {
    key: 'sin-gluten',
    section: 'comer',
    title: 'Sitios para celíacos: lista entre todos',
    hoursAgo: 1_750,
    reactions: [
      [1, 'thanks', 7],
      [3, 'like', 4],
    ],
    posts: [
      {
        author: 38,
        after: 0,
        body: 'A mi hijo se lo diagnosticaron hace poco y vamos con pies de plomo. Empiezo una tabla con lo que hemos probado:\n\n| Sitio | Qué tienen | Cocina aparte |\n| --- | --- | :---: |\n| La pizzería de la planta 2 | Masa sin gluten, bajo pedido | Sí |\n| La heladería | Tarrina, y cucurucho los viernes | No |\n\n¿Me ayudáis a completarla?',
      },
      {
        author: 9,
        after: 180,
        body: 'El puesto de arepas del mercado es todo de maíz. Preguntad siempre, pero a nosotros nunca nos ha fallado.',
      },
      {
        author: 21,
        after: 700,
        body: 'En la panadería hay pan sin gluten **envasado**. El de la vitrina, ni tocarlo: usan las mismas pinzas.',
      },
      { author: 38, after: 90, body: 'Qué maravilla, esto es justo lo que buscaba. Lo voy sumando.' },
    ],
  },
  {
    key: 'aparcar-sabado',
    section: 'la-plaza',
    title: 'Aparcar un sábado por la tarde',
    hoursAgo: 1_500,
    posts: [
      { author: 25, after: 0, body: 'Veinte minutos dando vueltas en la -1. ¿Hay truco?' },
      { author: 3, after: 20, body: 'La -3. Nadie baja, y el ascensor te deja en la puerta del mercado.' },
      { author: 46, after: 35, body: 'Y antes de las cinco. A las seis ya no hay truco que valga.' },
      { author: 25, after: 1_400, body: 'Probada la -3: **tres coches**. Os debo un café.' },
    ],
  },
  {
    key: 'club-de-lectura',
    section: 'tiendas',
    title: 'Club de lectura en la Librería Alba: ¿qué leemos?',
    hoursAgo: 1_320,
    posts: [
      {
        author: 11,
        after: 0,
        body: 'Nos juntamos el primer jueves de mes, a las siete, en el rincón del fondo. Hasta ahora:\n\n- Novela corta\n- Nada de más de 300 páginas\n- Se puede venir sin haberlo terminado (y sin disimular)\n\n¿Propuestas para el próximo?',
      },
      { author: 29, after: 130, body: 'Yo propongo cuentos, que con las fiestas encima no nos da la vida.' },
      { author: 'lucia', after: 900, body: 'Me apunto. ¿Hace falta avisar o me presento sin más?' },
      { author: 11, after: 45, body: 'Te presentas sin más. Siempre sobra una silla.', replyTo: 3 },
      {
        author: 44,
        after: 2_000,
        body: 'El de este mes me encantó. Sin destripar nada: ||el narrador es el perro|| y ya no digo más.',
      },
    ],
  },
  {
    key: 'devolver-regalo',
    section: 'preguntas',
    title: 'Devolver un regalo: ¿qué pasa con los puntos?',
    hoursAgo: 1_100,
    answer: 2,
    posts: [
      {
        author: 20,
        after: 0,
        body: 'Me regalaron un jersey que no me vale. Quien lo compró pasó su tarjeta. Si lo devuelvo yo, ¿se queda sin puntos?',
      },
      {
        author: 13,
        after: 80,
        body: 'Se descuentan los de esa prenda, sí, pero a quien la compró, no a ti. El resto de la compra le sigue contando.\n\nSi lo **cambias** por otra cosa del mismo precio, no se mueve nada.',
      },
      { author: 20, after: 25, body: 'Entonces lo cambio, que si no me mata. Gracias.' },
    ],
  },
  {
    key: 'zona-infantil',
    section: 'la-plaza',
    title: 'La zona infantil nueva es una maravilla',
    hoursAgo: 870,
    posts: [
      {
        author: 17,
        after: 0,
        body: 'Por fin con sombra y con bancos para los que esperamos. ¿Alguien sabe hasta qué edad pueden entrar?',
      },
      { author: 31, after: 190, body: 'El cartel dice hasta ocho años. El tobogán grande, a partir de cuatro.' },
      {
        author: 5,
        after: 2_000,
        body: 'Solo le pongo una pega: la fuente de beber está demasiado alta para los pequeños.',
      },
      {
        author: 17,
        after: 60,
        body: 'Cierto. ¿Lo dejamos escrito en el buzón de sugerencias, el que está junto a información?',
        replyTo: 3,
      },
    ],
  },
  {
    key: 'arreglos-costura',
    section: 'tiendas',
    title: 'Arreglos de costura: ¿cuál recomendáis?',
    hoursAgo: 700,
    answer: 2,
    posts: [
      {
        author: 42,
        after: 0,
        body: 'Necesito coger el bajo a dos pantalones y meter una chaqueta. ¿La de la planta 1 o la del mercado?',
      },
      {
        author: 15,
        after: 240,
        body: 'La del mercado. Tarda un día más, pero la chaqueta me la dejó como hecha a medida.',
      },
      { author: 42, after: 4_000, body: 'Hecho. Quince euros los dos pantalones, y perfectos.' },
    ],
  },
  {
    key: 'diez-visitas-domingo',
    section: 'preguntas',
    title: '¿Dos compras el mismo día cuentan como dos visitas?',
    hoursAgo: 480,
    answer: 2,
    posts: [
      {
        author: 'lucia',
        after: 0,
        body: 'Para la misión de las diez visitas. Ayer pasé por la mañana y otra vez por la tarde.',
      },
      {
        author: 6,
        after: 120,
        body: 'Mira el detalle de la misión: abajo tienes la lista de lo que ha contado, con fecha y hora. Ahí lo ves seguro.',
      },
      { author: 'lucia', after: 33, body: 'Lo he encontrado. Qué bien que se vea compra a compra.' },
      { author: 22, after: 800, body: 'No sabía que existía esa lista. Yo lo llevaba apuntado en la nevera.' },
    ],
  },
  {
    key: 'paraguas-perdido',
    section: 'la-plaza',
    title: 'Paraguas verde perdido el jueves',
    hoursAgo: 350,
    isLocked: true,
    posts: [
      {
        author: 28,
        after: 0,
        body: 'Lo dejé en la cafetería o en el cine. Verde, con el mango de madera. Es de mi madre y le tiene cariño.',
      },
      { author: 2, after: 50, body: 'En información tienen un cesto lleno. Hoy he visto uno verde.' },
      {
        author: 28,
        after: 1_380,
        body: '¡Era ese! Ya está en casa. Gracias de verdad. Cierro el hilo antes de perder otra cosa.',
      },
    ],
  },
  {
    key: 'preestreno-tienda',
    section: 'sala-oro',
    title: 'Preestreno de la tienda nueva: ¿quién va?',
    hoursAgo: 260,
    posts: [
      {
        author: 1,
        after: 0,
        body: 'Me ha llegado la invitación para el jueves, una hora antes de abrir. ¿Vamos juntos?',
      },
      { author: 7, after: 150, body: 'Yo voy. Quedamos en la fuente a las nueve menos cuarto.' },
      { author: 12, after: 300, body: 'Llegaré justo, pero guardadme sitio en la foto.' },
    ],
  },
  {
    key: 'propuesta-oro',
    section: 'sala-oro',
    title: 'Propuesta: que el aparcamiento sea gratis dos horas más',
    hoursAgo: 170,
    posts: [
      {
        author: 7,
        after: 0,
        body: 'Entre cine y cena no me da con lo que hay. ¿Qué os parecería proponerlo como ventaja de Oro?',
      },
      { author: 1, after: 400, body: 'A favor. Y si hay que elegir, prefiero horas a descuentos.' },
    ],
  },
  {
    key: 'menu-del-dia',
    section: 'comer',
    title: 'Menú del día por menos de 13 euros',
    hoursAgo: 120,
    posts: [
      { author: 10, after: 0, body: 'Trabajo cerca y me he cansado del táper. ¿Dónde coméis entre semana?' },
      {
        author: 35,
        after: 45,
        body: 'El bar del mercado: primero, segundo, postre **o** café, 12,50 €. Los miércoles hay cocido.',
      },
      { author: 16, after: 75, body: 'El italiano de la 2 tiene medio menú por 9 €, que para mediodía sobra.' },
      { author: 10, after: 1_300, body: 'Hoy, cocido. Confirmo lo del bar del mercado, y confirmo la siesta.' },
    ],
  },
  {
    key: 'envolver-regalos',
    section: 'tiendas',
    title: '¿Dónde envuelven los regalos en diciembre?',
    hoursAgo: 70,
    posts: [
      {
        author: 24,
        after: 0,
        body: 'El año pasado había un mostrador junto a la fuente, y te lo envolvían con el tique de cualquier tienda. ¿Se repite?',
      },
      { author: 18, after: 600, body: 'Según información, sí: desde el puente y hasta Reyes, de once a nueve.' },
      { author: 24, after: 40, body: 'Entonces este año no compro papel. Gracias.' },
    ],
  },
  {
    key: 'recien-llegado',
    section: 'preguntas',
    title: 'Me acabo de apuntar: ¿por dónde empiezo?',
    hoursAgo: 20,
    posts: [
      { author: 'marcos', after: 0, body: 'Me di de alta hoy y todavía no tengo nada. ¿Qué haríais primero?' },
      {
        author: 6,
        after: 35,
        body: 'Completa tu perfil, que ya suma, y pasa la tarjeta en la primera compra: hay una insignia solo por eso.',
      },
      {
        author: 'lucia',
        after: 80,
        body: 'Y elige **una** misión, no todas. Yo empecé por las diez visitas y se hace sola.',
      },
    ],
  },
];
