// An eslint rule: what people read comes from the catalogues of words (es and en), so a component holds no text with letters,
// neither between its tags nor in the attributes that people see or hear.

const readAttributes = new Set(['alt', 'aria-description', 'aria-label', 'aria-roledescription', 'aria-valuetext']);
for (const name of ['label', 'placeholder', 'title', 'heading', 'description', 'message', 'summary'])
  readAttributes.add(name);
const letter = /\p{L}/u;
const unread = new Set(['style', 'script', 'code', 'kbd']);

/** @type {import('eslint').Rule.RuleModule} */
export const catalogueWords = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { literal: '"{{text}}" belongs in the catalogues of words, in Spanish and English.' },
  },
  create(context) {
    const refuse = (node, text) => {
      if (letter.test(text)) context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } });
    };
    const isUnread = (node) => {
      for (let at = node.parent; at; at = at.parent)
        if (unread.has(at.name?.name) || at.type === 'SvelteStyleElement') return true;
      return false;
    };
    return {
      SvelteText(node) {
        if (!isUnread(node)) refuse(node, node.value.replaceAll(/&#?\w+;/g, ''));
      },
      SvelteLiteral(node) {
        if (readAttributes.has(node.parent.key?.name)) refuse(node, node.value);
      },
      SvelteMustacheTag(node) {
        const inRead = node.parent.type !== 'SvelteAttribute' || readAttributes.has(node.parent.key?.name);
        if (inRead && !isUnread(node)) for (const text of literalsOf(node.expression)) refuse(node, text);
      },
    };
  },
};

/** The strings that an expression may come out as: a literal, a template, either branch of a choice. */
function literalsOf(expression) {
  switch (expression?.type) {
    case 'Literal':
      return typeof expression.value === 'string' ? [expression.value] : [];
    case 'TemplateLiteral':
      return expression.quasis.map((part) => part.value.cooked ?? '');
    case 'ConditionalExpression':
      return [...literalsOf(expression.consequent), ...literalsOf(expression.alternate)];
    case 'LogicalExpression':
      return [...literalsOf(expression.left), ...literalsOf(expression.right)];
    default:
      return [];
  }
}
