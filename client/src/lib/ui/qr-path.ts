import { encode } from 'uqr';

/** Quiet modules around a code; scanners want four. */
const QUIET = 4;

/** A QR code as square modules: `size` of them a side, and the dark ones as runs of a row. */
export interface QrModules {
  readonly size: number;
  readonly runs: readonly { readonly x: number; readonly y: number; readonly length: number }[];
}

/** The QR code of a text, with its quiet zone, readable with 15 % of it lost. */
export function qrModules(text: string): QrModules {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET });
  const runs = data.flatMap((row, y) => {
    const found: { x: number; y: number; length: number }[] = [];
    for (const [x, isDark] of row.entries()) {
      const last = found.at(-1);
      if (!isDark) continue;
      if (last !== undefined && last.x + last.length === x) last.length += 1;
      else found.push({ x, y, length: 1 });
    }
    return found;
  });
  return { size, runs };
}

/** The dark modules as one SVG path, a module a unit. */
export function qrPath({ runs }: QrModules): string {
  return runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`).join('');
}

/** The code as a PNG of at least `pixelsMin` a side, dark on light whatever the theme. */
export function qrPicture({ size, runs }: QrModules, pixelsMin: number): Promise<Blob | null> {
  const scale = Math.ceil(pixelsMin / size);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const context = canvas.getContext('2d');
  if (context === null) return Promise.resolve(null);
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  for (const { x, y, length } of runs) context.fillRect(x * scale, y * scale, length * scale, scale);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
