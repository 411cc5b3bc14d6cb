/** Where a text stops being JSON: line and column from 1, and the line itself. The engine's own words are English, and not shown. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
}

/** The value of a text, or where it is no JSON. */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { fault: faultOf(text, error instanceof Error ? error.message : '') };
  }
}

/** Engines say a position, a line and a column, or nothing where the text only ends too soon. */
function faultOf(text: string, message: string): JsonFault {
  const place = /line (\d+),? column (\d+)/.exec(message);
  if (place !== null) return { line: Number(place[1]), column: Number(place[2]) };
  const position = /position (\d+)/.exec(message);
  const before = text.slice(0, position === null ? text.length : Number(position[1])).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
