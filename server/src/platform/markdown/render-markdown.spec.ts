import { quoteOf } from '@verbena/shared/platform/quote-markdown.js';
import { readNames, renderMarkdown, type RenderedText } from './render-markdown.js';

const CLARA = '01JDZ5K4V8Q2M7N3P6R-WX';
const BETO = '01JDZ5K4V8Q2M7N3P6R-WY';
const GONE = '01JDZ5K4V8Q2M7N3P6R-WZ';
const places = {
  memberHref: (alias: string) => (alias === 'nadie' ? null : `/plaza/members/${encodeURIComponent(alias)}`),
  postHref: (id: string) => (id === GONE ? null : `/plaza/posts/${id}`),
};
const render = (text: string): RenderedText => renderMarkdown(text, { ...places, isTrusted: false });
const htmlOf = (text: string): string => render(text).html;
const linkOf = (address: string, words = address): string =>
  `<a href="${address}" rel="nofollow ugc noopener">${words}</a>`;

test('#22 paragraphs, lines, headings from the third on, lists, tables, code', () => {
  expect(htmlOf('# Uno\n## Dos')).toBe('<h3>Uno</h3>\n<h4>Dos</h4>\n');
  expect(htmlOf('###### Seis')).toBe('<h3>Seis</h3>\n');
  expect(htmlOf('**a** *b* ~~c~~\nd')).toBe('<p><strong>a</strong> <em>b</em> <s>c</s><br />\nd</p>\n');
  expect(htmlOf('3. tres\n4. cuatro')).toBe('<ol start="3">\n<li>tres</li>\n<li>cuatro</li>\n</ol>\n');
  expect(htmlOf('|a|b|\n|:-:|-|\n|1|2|')).toMatch(
    /<th align="center">a<\/th>\s*<th>b<\/th>[\s\S]*<td align="center">1/,
  );
  expect(htmlOf('```js title=x\n<b>\n```')).toBe('<pre><code class="language-js">&lt;b&gt;\n</code></pre>\n');
  expect(htmlOf('```"onclick=\n```')).toBe('<pre><code></code></pre>\n');
  expect(htmlOf('Uno\n\n     dos')).toBe('<p>Uno</p>\n<p>dos</p>\n');
});

test('#22 HTML is shown as it was written; no picture is fetched; a footnote is no link', () => {
  expect(htmlOf('<b>a</b> <img src=x>')).toBe('<p>&lt;b&gt;a&lt;/b&gt; &lt;img src=x&gt;</p>\n');
  expect(htmlOf('![foto](https://x.example/a.png)')).toBe(`<p>!${linkOf('https://x.example/a.png', 'foto')}</p>\n`);
  expect(htmlOf('Hola[^1]\n\n[^1]: nota')).toBe('<p>Hola[^1]</p>\n<p>[^1]: nota</p>\n');
});

test('#22 a spoiler in a line hides its words, with or without blanks beside its bars', () => {
  const hidden = (words: string): string => `<span class="spoiler" tabindex="0"><span>${words}</span></span>`;
  expect(htmlOf('Muere ||**Ana**||.')).toBe(`<p>Muere ${hidden('<strong>Ana</strong>')}.</p>\n`);
  expect(htmlOf('|| a || y ||b||')).toBe(`<p>${hidden(' a ')} y ${hidden('b')}</p>\n`);
  expect(htmlOf('a || b |c| |||| `||d||`')).toBe('<p>a || b |c| |||| <code>||d||</code></p>\n');
  expect(render('Muere ||Ana||, lo sé').text).toBe('Muere …, lo sé');
});

test('#22 a spoiler of several lines opens without a script', () => {
  expect(htmlOf('::: spoiler El <final>\nUno\n\n- dos\n:::\nfuera')).toBe(
    '<details><summary>El &lt;final&gt;</summary>\n<p>Uno</p>\n<ul>\n<li>dos</li>\n</ul>\n</details>\n<p>fuera</p>\n',
  );
  expect(htmlOf('::: spoiler\na\n::: spoiler\nb\n:::\nc\n:::')).toBe(
    '<details>\n<p>a</p>\n<details>\n<p>b</p>\n</details>\n<p>c</p>\n</details>\n',
  );
  expect(htmlOf('- ::: spoiler\n  a\n\nfuera')).toBe(
    '<ul>\n<li>\n<details>\n<p>a</p>\n</details>\n</li>\n</ul>\n<p>fuera</p>\n',
  );
  // What nobody closed stays hidden.
  expect(render('Hola\n::: spoiler El final\nUno\n\ndos').text).toBe('Hola\nEl final\n…');
});

test('#22 what has a scheme or begins with www. is a link, a domain alone is none, and no sign behind it is of it', () => {
  expect(htmlOf('plaza.example y //plaza.example')).toBe('<p>plaza.example y //plaza.example</p>\n');
  expect(htmlOf('«https://x.example/a», (https://x.example).')).toBe(
    `<p>«${linkOf('https://x.example/a')}», (${linkOf('https://x.example')}).</p>\n`,
  );
  expect(htmlOf('«www.x.example/a?b=1»')).toBe(
    `<p>«${linkOf('https://www.x.example/a?b=1', 'www.x.example/a?b=1')}»</p>\n`,
  );
  expect(htmlOf('awww.x.example www.')).toBe('<p>awww.x.example www.</p>\n');
});

test.each([
  'javascript:x',
  'JaVaScRiPt:x',
  'data:text/html,x',
  'ftp://x.example',
  '//x.example',
  'https:x',
  '#a',
  'a',
  'tel:1',
])('#22 no link leads to %s', (address) =>
  expect(htmlOf(`[a](${address}) <${address}>\n\n[b]\n\n[b]: ${address}`)).not.toContain('<a'),
);

test('#27 links elsewhere say that they are of a member, unless it is trusted; those within say nothing', () => {
  const text = '[a](https://x.example) [b](/plaza) [c](mailto:a@x.example)';
  const within = '<a href="/plaza">b</a> <a href="mailto:a@x.example">c</a>';
  expect(htmlOf(text)).toBe(`<p>${linkOf('https://x.example', 'a')} ${within}</p>\n`);
  expect(renderMarkdown(text, { ...places, isTrusted: true }).html).toBe(
    `<p><a href="https://x.example" rel="noopener">a</a> ${within}</p>\n`,
  );
});

test('#24 the addresses of other sites, each once, from quotes too', () => {
  expect(render('https://x.example/a <https://x.example/a> [b](/c)\n\n> www.x.example').links).toEqual([
    'https://x.example/a',
    'https://www.x.example',
  ]);
});

test('FB8 a mention is of a name in any script, with blanks in quotes; signs behind it are not of it', () => {
  const { mentions, html } = render('¡@íñigo! (@ana.lopez). @"Ana María" @«Lucía H.» @李小龍, @ana\'s **@beto**');
  expect(mentions).toEqual(['íñigo', 'ana.lopez', 'Ana María', 'Lucía H.', '李小龍', 'ana', 'beto']);
  expect(html).toContain('¡<a class="mention" href="/plaza/members/%C3%AD%C3%B1igo">@íñigo</a>!');
  expect(html).toContain('>@Ana María</a>');
  expect(html).toContain("@ana</a>'s");
});

test('FB8 who is nobody stays words, whoever is named twice counts once', () => {
  expect(render('@nadie @"nadie"')).toMatchObject({
    html: '<p>@nadie @"nadie"</p>\n',
    mentions: [],
  });
  expect(render('@Ana y @Ana').mentions).toEqual(['Ana']);
});

test.each([
  'hola@plaza.example',
  'x+@plaza.example',
  'a\\_@plaza',
  '@ana@plaza.example',
  'https://x.example/@ana',
  '[@ana](https://x.example)',
  '`@ana`',
  '```\n@ana\n```',
  '\\@ana',
  '&#64;ana',
  '> @ana',
  '- > > @ana',
  `@${'a'.repeat(25)}`,
])('FB8 no mention is in %j', (text) => expect(render(text).mentions).toEqual([]));

test('FB8 given Clara wrote «@Ana mira», Ana quotes it and is not told; Beto quotes Ana, and Clara is not told of what stands in code', () => {
  const byAna = `${quoteOf({ id: CLARA, alias: 'Clara', body: '@Ana mira' })}Miro`;
  expect(render(byAna)).toMatchObject({ mentions: [], quotes: [CLARA], text: 'Miro' });
  // Composed by hand, so that the quote within is kept.
  const byBeto = `> [@Ana](post:${BETO})\n>\n> > [@Clara](post:${CLARA})\n> >\n> > @Ana mira\n>\n> Miro\n\n\`@Clara\` dijo`;
  expect(render(byBeto)).toMatchObject({ mentions: [], quotes: [BETO], text: '@Clara dijo' });
});

test('FB10 one quote holds paragraphs, list and code of the post, and the answer is a paragraph outside of it', () => {
  const body = 'Uno\n\nDos\n\n1. a\n\n```\n> b\n```';
  expect(htmlOf(`${quoteOf({ id: CLARA, alias: 'Clara', body })}No estoy de acuerdo`)).toBe(
    '<blockquote>\n<p class="quoted"><cite><a href="/plaza/members/Clara">@Clara</a></cite> ' +
      `<a class="quoted-post" href="/plaza/posts/${CLARA}">↑</a></p>\n` +
      '<p>Uno</p>\n<p>Dos</p>\n<ol>\n<li>a</li>\n</ol>\n<pre><code>&gt; b\n</code></pre>\n</blockquote>\n' +
      '<p>No estoy de acuerdo</p>\n',
  );
});

test('#9 a marker of a post that is not that of the member leads nowhere and quotes nobody', () => {
  expect(render(`> [@nadie](post:${GONE})\n> hola`)).toMatchObject({
    html: '<blockquote>\n<p class="quoted"><cite>@nadie</cite></p>\n<p>hola</p>\n</blockquote>\n',
    quotes: [],
  });
  expect(htmlOf(`[@Ana](post:${CLARA})`)).not.toContain('posts');
});

test('#9 whom and what a text names is known before it is rendered, quotes included, the author’s own first', () => {
  expect(readNames(`${quoteOf({ id: CLARA, alias: 'Clara H.', body: '@Ana' })}@beto \`@no\``)).toEqual({
    aliases: ['beto', 'Clara H.', 'Ana'],
    posts: [CLARA],
  });
});

test('#43 the words of a text have a line for each of its parts, and no marks', () => {
  expect(render('# Hola\n\n> *un* poema\n\n- a\n- b & c\n\n|x|y|\n|-|-|\n|1|2|\n\n```\ncode\n```\n<b>').text).toBe(
    'Hola\nun poema\na\nb & c\nx y\n1 2\ncode\n<b>',
  );
});

test.each([
  ['quotes', '> '.repeat(10_000), 'blockquote', 12],
  ['lists', '- '.repeat(10_000), 'ul', 6],
  ['signs within words', '**a '.repeat(2_500) + 'a** '.repeat(2_500), 'strong', 40],
])('#22 %s nest no deeper than the limit, and beyond it the words stay', (_, text, tag, most) => {
  const html = htmlOf(`${text}fin`);
  expect(html.split(`<${tag}>`).length - 1).toBeLessThanOrEqual(most);
  expect(html).toContain('fin');
});

test('#22 rows of a table are not filled up without end; what is too much is words', () => {
  const wide = `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${'|x\n'.repeat(100)}`;
  expect(htmlOf(wide)).not.toContain('<td');
  const one = 'a|b\n-|-\nx|y\n\n';
  expect(htmlOf(one.repeat(1_000)).split('<td>').length).toBeLessThan(2_000);
  expect(htmlOf(`${'a - b\n\n'.repeat(2_000)}${one}`)).toContain('<td>y</td>');
});
