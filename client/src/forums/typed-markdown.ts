/** What a tool of the composer does to what is selected, or to where the cursor stands. */
export type Tool = 'bold' | 'italic' | 'link' | 'quote' | 'list' | 'code' | 'spoiler';
export const TOOLS: readonly Tool[] = ['bold', 'italic', 'link', 'quote', 'list', 'code', 'spoiler'];

export interface Selected {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands instead of the signs from `from` to `to`, and what is selected then, counted from the beginning of the text. */
export interface Typing {
  readonly from: number;
  readonly to: number;
  readonly put: string;
  readonly start: number;
  readonly end: number;
}

/** What stands where nothing was selected, for whoever types over it. */
export interface Sample {
  readonly words: string;
  readonly address: string;
}

const AROUND: Partial<Record<Tool, string>> = { bold: '**', italic: '*', spoiler: '||', code: '`' };

/** How a tool writes its Markdown; all of it can be undone as one typing. */
export function useTool(tool: Tool, { text, start, end }: Selected, sample: Sample): Typing {
  const picked = text.slice(start, end);
  if (tool === 'quote' || tool === 'list') return beforeLines(tool === 'quote' ? '> ' : '- ', { text, start, end });
  if (tool === 'code' && picked.includes('\n')) return fence({ text, start, end });
  const words = picked === '' ? sample.words : picked;
  if (tool === 'link') {
    const put = `[${words}](${sample.address})`;
    const at = start + put.length - 1 - sample.address.length;
    return { from: start, to: end, put, start: at, end: at + sample.address.length };
  }
  const signs = AROUND[tool] ?? '';
  const at = start + signs.length;
  return { from: start, to: end, put: signs + words + signs, start: at, end: at + words.length };
}

/** Puts text behind what was written, a block of its own; the cursor stands at its end. */
export function putBehind(written: string, put: string): Typing {
  const gap = written.trim() === '' ? '' : '\n\n';
  const from = written.trimEnd().length;
  const end = from + gap.length + put.length;
  return { from, to: written.length, put: gap + put, start: end, end };
}

/** Whole lines, each behind a sign. Behind a quote stands an empty line, else what comes next would be a part of it. */
function beforeLines(sign: string, { text, start, end }: Selected): Typing {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const ending = text.indexOf('\n', end);
  const to = ending === -1 ? text.length : ending;
  const lines = text.slice(from, to).split('\n');
  const behind = sign === '> ' && text.slice(from, to) !== '' ? '\n\n' : '';
  const put = lines.map((line) => sign + line).join('\n') + behind;
  return { from, to, put, start: from + put.length, end: from + put.length };
}

function fence({ text, start, end }: Selected): Typing {
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n';
  const put = `${before}\`\`\`\n${text.slice(start, end).replace(/\n$/, '')}\n\`\`\`\n`;
  return { from: start, to: end, put, start: start + put.length, end: start + put.length };
}
