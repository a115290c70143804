import type { BrowserWindow } from 'electron';
import { attempt, guarded, type OnFault } from '../src/base/guard.ts';

/** Most automatic reloads of a crashing page within a minute. */
const maxReloads = 3;
const withinMs = 60_000;

/**
 * Reloads a window's page after its process has died. The controller runs in another process and goes on. A page that keeps
 * crashing is replaced by a plain one that says so.
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
      // Not within the event: Electron is still removing the process.
      setImmediate(() => {
        attempt(onFault, () => {
          if (!window.isDestroyed()) load(again ? 'again' : 'crashed');
        });
      });
      onCrash(`A window's process ended (${reason}, ${String(exitCode)}). ${next}`);
    }),
  );
}
