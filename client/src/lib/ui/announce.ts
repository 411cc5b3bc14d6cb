/** What is said within this span becomes one announcement, so that a burst does not talk over itself. */
const BATCH_MS = 3_000;

type Urgency = 'polite' | 'assertive';

const waiting: Record<Urgency, string[]> = { polite: [], assertive: [] };
const timers: Partial<Record<Urgency, ReturnType<typeof setTimeout>>> = {};
const lastSpoken: Record<Urgency, number> = { polite: 0, assertive: 0 };

/**
 * Says `text` to screen readers through the shell's persistent live regions (they stand empty in `app.html`, so that
 * readers know them before the first message). `assertive` is only for lost data and the end of a session.
 */
export function announce(text: string, urgency: Urgency = 'polite'): void {
  waiting[urgency].push(text);
  if (timers[urgency] !== undefined) return;
  const wait = urgency === 'assertive' ? 0 : Math.max(100, lastSpoken[urgency] + BATCH_MS - Date.now());
  timers[urgency] = setTimeout(() => speak(urgency), wait);
}

function speak(urgency: Urgency): void {
  delete timers[urgency];
  const region = document.getElementById(`announce-${urgency}`);
  const text = waiting[urgency].splice(0).join('. ');
  lastSpoken[urgency] = Date.now();
  if (!region) return;
  region.textContent = '';
  // The same sentence twice is only spoken twice when the region was empty in between.
  setTimeout(() => {
    region.textContent = text;
  }, 50);
}
