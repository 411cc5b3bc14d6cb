/** Confetti, once: at most 80 pieces, gone within a second and a half, none where motion is unwelcome. */
export async function throwConfetti(): Promise<void> {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const { default: confetti } = await import('canvas-confetti');
  const canvas = document.createElement('canvas');
  canvas.className = 'pointer-events-none fixed inset-0 z-50 size-full';
  canvas.setAttribute('aria-hidden', 'true');
  // Inside the open dialog: it stands in the top layer, where nothing of the page can be above it.
  (document.querySelector('dialog[open]') ?? document.body).append(canvas);
  // Without a worker: it would come from a blob, which the content policy refuses.
  const fire = confetti.create(canvas, { resize: true, useWorker: false, disableForReducedMotion: true });
  const colors = ['--primary', '--accent', '--metal-oro', '--metal-platino'].map((token) =>
    getComputedStyle(document.documentElement).getPropertyValue(token).trim(),
  );
  await fire({ particleCount: 80, spread: 100, startVelocity: 38, ticks: 90, origin: { y: 0.35 }, colors });
  canvas.remove();
}
