/** What a payload would do if it ran, and nothing else: set this property of the page. */
export const SCRIPT_MARK = 'verbenaMark';

/** Plain ways to set the mark, without any quote so that they fit into every attribute. */
const ACT = `globalThis.${SCRIPT_MARK}=1`;

/** Addresses that would act when they are followed or fetched. */
const ADDRESSES = [`javascript:${ACT}`, `vbscript:${ACT}`, `data:text/html,<script>parent.${SCRIPT_MARK}=1</script>`];

/** Elements that would act by themselves, or when somebody touches them; `/` stands for their address. */
const ELEMENTS = [
  `<script>${ACT}</script>`,
  `<img src=x onerror=${ACT}>`,
  `<svg onload='${ACT}'>`,
  `<svg><a xlink:href="/"><text>x</text></a></svg>`,
  `<math><mi href="/">x</mi></math>`,
  `<details open ontoggle="${ACT}">x</details>`,
  `<input autofocus onfocus=${ACT}>`,
  `<p tabindex=1 onfocus=${ACT}>x</p>`,
  `<video><source onerror=${ACT}></video>`,
  `<iframe src="/"></iframe>`,
  `<iframe srcdoc="<script>parent.${SCRIPT_MARK}=1</script>"></iframe>`,
  `<a href="/">x</a>`,
  `<form action="/"><button>x</button></form>`,
  `<object data="/"></object>`,
  `<embed src="/">`,
  `<base href="/">`,
  `<meta http-equiv="refresh" content="0;url=/">`,
  `<style onload=${ACT}>p{background:url("/")}</style>`,
];

/** How an address is written: each spelling is read as the same by something between a keyboard and a browser. */
const SPELLINGS: readonly ((address: string) => string)[] = [
  (address) => address,
  // Only the scheme, because what follows would do nothing in other letters.
  (address) =>
    address.replace(/^\w+/, (scheme) => scheme.replace(/./g, (sign, at) => (at % 2 ? sign : sign.toUpperCase()))),
  (address) => address.replace(':', '&colon;'),
  (address) => [...address].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
  (address) => `&#x${address.charCodeAt(0).toString(16)};${address.slice(1)}`,
  (address) => `${address.slice(0, 4)}&Tab;${address.slice(4)}`,
  (address) => `${address.slice(0, 4)}\t${address.slice(4)}`,
  (address) => `\u0001 ${address}`,
  (address) => `${address.slice(0, 2)}\0${address.slice(2)}`,
  (address) => address.replace(':', '%3A'),
  (address) => address.replace(':', '\\:'),
  (address) => address.replace(':', '&amp;colon;'),
  (address) => address.replace(':', '：'),
];

/** What would end a value, an element or a block that the payload was put into. */
const BREAKOUTS = [
  '',
  '"',
  "'",
  '>',
  '">',
  "'>",
  '</code></pre>',
  '</a></p>',
  '</summary>',
  '-->',
  ']]>',
  '`',
  ')',
  '\n\n',
  '||',
  '\n:::\n',
];

/** Where HTML may stand in a text; `§` stands for it. */
const PLACES = [
  '§',
  'Hola § tú',
  '# §',
  '- §',
  '> §',
  '> [@§](post:01JDZ5K4V8Q2M7N3P6R-WX)',
  '> [@Ana](post:§)',
  '|§|b|\n|-|-|\n|§|2|',
  '||§||',
  '::: spoiler §\nhola\n:::',
  '::: spoiler\n§\n:::',
  '**§**',
  '`§`',
  '```§\nhola\n```',
  '```\n§\n```',
  '@"§"',
  '[§](/a)',
  '[a](/a "§")',
  "[a](</a> '§')",
  '![§](/a)',
  '<§>',
  'https://x.example/§',
  'www.x.example/?§',
];

/** Where an address may stand; `§` stands for it. */
const LINKS = [
  '[a](§)',
  '[a](<§>)',
  '[a]( § "b")',
  '![a](§)',
  '[![a](§)](§)',
  '[a]\n\n[a]: §',
  '[a]: <§>\n\n> [b][a]',
  '<§>',
  '§',
  '||[a](§)||',
  '|[a](§)|b|\n|-|-|',
  '[@Ana](§)',
  '> [@Ana](§)\n> a',
  '[a](/§)',
  '[a](//§)',
  '[a](\\\\§)',
];

/** Elements as they would stand in a page, each with every spelling of its address: what a guard that lets all through would let run. */
export function scriptElements(): string[] {
  return distinct(
    ELEMENTS.flatMap((element) =>
      element.includes('"/"') || element.includes('=/"')
        ? withAddresses((address) => inElement(element, address))
        : [element],
    ),
  );
}

/**
 * Texts of a member, some thousands, each of which would set the mark if a renderer let it through: every element behind every
 * breakout in every place, and every spelling of every address in every link. Always the same ones, in the same order.
 */
export function scriptPayloads(): string[] {
  const plain = ELEMENTS.map((element) => inElement(element, ADDRESSES[0] ?? ''));
  const inPlaces = PLACES.flatMap((place) =>
    BREAKOUTS.flatMap((breakout) => plain.map((element) => place.replaceAll('§', () => breakout + element))),
  );
  const inLinks = LINKS.flatMap((link) => withAddresses((address) => link.replaceAll('§', () => address)));
  return distinct([...inPlaces, ...inLinks, ...scriptElements()]);
}

function withAddresses(place: (address: string) => string): string[] {
  return ADDRESSES.flatMap((address) => SPELLINGS.map((spell) => place(spell(address))));
}

function inElement(element: string, address: string): string {
  return element.replace(/(["=])\/"/, (_, before: string) => `${before}${address}"`);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
