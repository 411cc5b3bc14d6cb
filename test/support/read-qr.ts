import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Locator } from 'playwright-core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What a scanner reads of the QR codes that an element shows. */
export async function readQr(shown: Locator): Promise<string[]> {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = new Uint8Array(await readFile(wasm)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  const picture = new Uint8Array(await shown.screenshot());
  return (await readBarcodes(picture, { formats: ['QRCode'] })).map(({ text }) => text);
}
