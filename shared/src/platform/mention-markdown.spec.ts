import { mentionOf } from './mention-markdown.js';

test.each([
  ['ana', '@ana'],
  ['ana.lópez-2', '@ana.lópez-2'],
  ['O’Neill', '@O’Neill'],
  ['李小龍', '@李小龍'],
  ['Ana María', '@"Ana María"'],
  ['Lucía H.', '@"Lucía H."'],
  ['ana..b', '@"ana..b"'],
  ["Ana's", '@"Ana\'s"'],
])('#10 %s is mentioned as %s', (alias, mention) => expect(mentionOf(alias)).toBe(mention));
