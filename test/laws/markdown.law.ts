import fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import * as z from 'zod/mini';
import { withoutOtherHtml } from '@verbena/server/platform/markdown/allowed-html.js';
import { readNames, renderMarkdown, type RenderOptions } from '@verbena/server/platform/markdown/render-markdown.js';
import { Alias } from '@verbena/shared/members/members.routes.js';
import { mentionOf } from '@verbena/shared/platform/mention-markdown.js';
import { quoteOf } from '@verbena/shared/platform/quote-markdown.js';
import { breachesOf } from '#support/html-breaches.js';
import { scriptElements, scriptPayloads } from '#support/script-payloads.js';
import { seedsOf } from '#support/seeds.js';

const seeds = seedsOf('markdown');
const id = '01JDZ5K4V8Q2M7N3P6R-WX';
const options: RenderOptions = {
  isTrusted: false,
  memberHref: (alias) => `/plaza/members/${encodeURIComponent(alias)}`,
  postHref: (post) => `/plaza/posts/${post}`,
};
const payloads = scriptPayloads();
const elements = scriptElements();

/** Texts put together from signs and lines that mean something to a rule, and from what would run. */
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[' ', '\n', '\n\n', 'hola', '> ', '- ', '1. ', '  ', '    ', '*', '**', '_', '~~', '||', '|'],
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '`',
        '```',
        '```js\n',
        '~~~\n',
        '::: spoiler a\n',
        ':::\n',
        '\n|a|b|\n|-|:-:|\n',
        '# ',
        '---',
        '[',
        ']',
        '](',
        ')',
        '![',
        '\\',
      ],
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '@Ana',
        '@"Ana María"',
        ' www.x.example/a ',
        ' https://x.example ',
        'a@x.example',
        `[@Ana](post:${id})\n`,
        '[^1]: ',
        '[a]: /b\n',
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...elements, ...['<', '>', '&', '"', '&lt;', '&#64;', '\0', '\u00A0', '👩🏽‍⚕️']),
  },
);
const textOf = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(one, { maxLength: 60 }).map((pieces) => pieces.join(''));
const text = textOf(piece);

test('#22 what would run is seen where nothing guards it', () => {
  expect(payloads.length).toBeGreaterThan(5_000);
  expect(elements.length).toBeGreaterThan(100);
  expect(elements.filter((element) => breachesOf(element).length === 0)).toEqual([]);
});

test('#22 none of the scripts that a member may write comes through, whoever is trusted', () => {
  const through = payloads.filter((payload, at) => {
    const { html } = renderMarkdown(payload, { ...options, isTrusted: at % 2 === 0 });
    return breachesOf(html).length > 0;
  });
  expect(through).toEqual([]);
});

test('#22 the allow-list alone lets none through, whatever it is given', () => {
  const raw = [...elements, ...payloads];
  expect(raw.filter((html) => breachesOf(withoutOtherHtml(html, 'noopener')).length > 0)).toEqual([]);
});

test.each(seeds)(
  '#22 #23 #27 of any text comes what a member may write, always the same, and the allow-list takes nothing from it again (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(text, (written) => {
        const rendered = renderMarkdown(written, options);
        const { html, links, mentions, quotes } = rendered;
        expect(breachesOf(html)).toEqual([]);
        expect(renderMarkdown(written, options)).toEqual(rendered);
        const again = withoutOtherHtml(html, 'nofollow ugc noopener');
        expect(serialize(parseFragment(again))).toBe(serialize(parseFragment(html)));
        // What is counted is there to be seen, and was asked for.
        for (const link of links) expect(link).toMatch(/^https?:/i);
        expect(html.split('rel="nofollow ugc noopener"').length > 1).toBe(links.length > 0);
        const names = readNames(written);
        expect(names.aliases).toEqual(expect.arrayContaining([...mentions]));
        expect(names.posts).toEqual(expect.arrayContaining([...quotes]));
      }),
      { seed, numRuns: 1_500 },
    );
  },
);

test.each(seeds)('#43 the words of a text hold no tags of ours (seed %i)', (seed) => {
  const untagged = textOf(piece.filter((one) => !/[<&]/.test(one)));
  fc.assert(
    fc.property(untagged, (written) => {
      expect(renderMarkdown(written, options).text).not.toContain('<');
    }),
    { seed, numRuns: 500 },
  );
});

test.each(seeds)(
  'FB8 FB10 whatever is quoted, the answer stands outside of it and nobody in it is mentioned (seed %i)',
  (seed) => {
    fc.assert(
      fc.property(text, (body) => {
        const {
          html,
          text: words,
          mentions,
          quotes,
        } = renderMarkdown(`${quoteOf({ id, alias: 'Clara', body })}No, @Beto`, options);
        expect(html).toMatch(
          /<\/blockquote>\n<p>No, <a class="mention" href="\/plaza\/members\/Beto">@Beto<\/a><\/p>\n$/,
        );
        expect({ words, mentions, quotes }).toEqual({ words: 'No, @Beto', mentions: ['Beto'], quotes: [id] });
      }),
      { seed, numRuns: 1_500 },
    );
  },
);

test.each(seeds)('#10 whatever alias a member has, it can be mentioned and quoted by it (seed %i)', (seed) => {
  const alias = fc
    .string({ unit: fc.constantFrom(..."añÉ9李 ._·'’-s"), minLength: 2, maxLength: 24 })
    // Two of these signs around a word are read as emphasis, in quotes too.
    .filter(
      (one) => z.safeParse(Alias, one).success && z.parse(Alias, one) === one && !/(?<![\p{L}\p{N}])_/u.test(one),
    );
  fc.assert(
    fc.property(alias, (name) => {
      const mention = mentionOf(name);
      for (const written of [`¿Y ${mention}?`, `${mention}, mira.`, `**${mention}'s**`, `(${mention})`])
        expect(renderMarkdown(written, options).mentions).toEqual([name]);
      expect(readNames(quoteOf({ id, alias: name, body: '' })).aliases).toEqual([name]);
    }),
    { seed, numRuns: 500 },
  );
});
