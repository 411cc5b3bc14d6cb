/**
 * Ctrl-C and `kill` as an aborted signal, so that what is in flight can still be answered. Asked a second time, the process
 * ends at once: what was sent carries keys, so nothing breaks. npm passes on what the terminal has sent us already, so the
 * same Ctrl-C may come twice within a moment.
 */
export function untilInterrupted(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  let askedAtMs = 0;
  const interrupt = (): void => {
    const now = Date.now();
    if (controller.signal.aborted && now - askedAtMs > 300) process.exit(130);
    askedAtMs = now;
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt);
  return { signal: controller.signal };
}
