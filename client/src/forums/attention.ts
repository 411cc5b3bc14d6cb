/** Whether somebody looks at this page: it is on the screen, and theirs is the keyboard. */
export function isAttended(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** Hears each time that somebody turns to the page or away from it. @returns stops it */
export function onAttention(listener: (attended: boolean) => void): () => void {
  let was = isAttended();
  const look = () => {
    const now = isAttended();
    if (now === was) return;
    was = now;
    listener(now);
  };
  const stop = new AbortController();
  document.addEventListener('visibilitychange', look, { signal: stop.signal });
  for (const name of ['focus', 'blur', 'pageshow'] as const) addEventListener(name, look, { signal: stop.signal });
  return () => stop.abort();
}
