import type { BrowserWindow } from 'electron';
import { attempt, guarded, type OnFault } from '../src/base/guard.ts';

/** A page that crashes more often than this within a minute is not loaded again by itself. */
const maxReloads = 3;
const withinMs = 60_000;

/**
 * Loads a window's page again after its process has died. The controller lives in another process and goes on; a page that
 * crashes again and again gives way to a plain one that says so.
 */
export function recoverFromCrashes(
  window: BrowserWindow,
  load: (page: 'again' | 'crashed') => void,
  onCrash: (sentence: string) => void,
  onFault: OnFault,
): void {
  let reloads: number[] = [];
  window.webContents.on(
    'render-process-gone',
    guarded(onFault, (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      const now = performance.now();
      reloads = reloads.filter((at) => now - at < withinMs);
      const again = reloads.length < maxReloads;
      const next = again
        ? 'It is loaded again.'
        : 'It crashes again and again, so it is not loaded by itself any more.';
      if (again) reloads.push(now);
      // Not from within the event: the process is still being cleared away.
      setImmediate(() => {
        attempt(onFault, () => {
          if (!window.isDestroyed()) load(again ? 'again' : 'crashed');
        });
      });
      onCrash(`A window's process ended (${reason}, ${String(exitCode)}). ${next}`);
    }),
  );
}
