import { fork } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a caller may want of a child on its way. */
export interface ChildOptions {
  /** Hears what the child tells with `sendProgress`. */
  readonly onProgress?: (progress: unknown) => void;
  /** Ends the child at once; the call rejects. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a script of ours in a process of its own, so that long work never holds the loop that commits and pushes. The
 * script stands beside its caller (`runInChild('./verify.child', import.meta.url, input)`), receives the input with
 * `receiveInput` and ends by `sendResult`. Rejects when it fails or says nothing.
 */
export function runInChild<T>(
  script: string,
  beside: string,
  input: unknown,
  { onProgress, signal: stop }: ChildOptions = {},
): Promise<T> {
  const path = fileURLToPath(new URL(`${script}${extname(fileURLToPath(beside))}`, beside));
  return new Promise((resolve, reject) => {
    const child = fork(path, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    let result: { readonly value: T } | null = null;
    // A server that ends does not leave its children behind.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    stop?.addEventListener('abort', end);
    child.on('message', (message: { readonly result: T } | { readonly progress: unknown }) => {
      if ('progress' in message) onProgress?.(message.progress);
      else result = { value: message.result };
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.removeListener('exit', end);
      stop?.removeEventListener('abort', end);
      if (code === 0 && result !== null) resolve(result.value);
      else reject(new Error(`${script} ended without a result (${signal ?? `code ${code}`}).`));
    });
    child.send({ input });
  });
}

/** In the child: what the caller gave. Ends the process when the caller is gone. */
export function receiveInput<T>(): Promise<T> {
  process.once('disconnect', () => process.exit(1));
  return new Promise((resolve) => process.once('message', (message: { readonly input: T }) => resolve(message.input)));
}

/** In the child: tells the caller how far it is. */
export function sendProgress(progress: unknown): void {
  process.send?.({ progress });
}

/** In the child: hands the result back and ends the process. */
export function sendResult(result: unknown): void {
  process.removeAllListeners('disconnect');
  process.send?.({ result }, undefined, undefined, () => process.exit(0));
}
