import { app } from 'electron';
import { faultsOf, guarded, type LogError } from '../src/base/guard.ts';

/** What the app's own events ask of the desktop. */
interface AppDesktop {
  showDesk: () => void;
  quit: (asking: boolean) => Promise<void>;
}

interface Signals {
  once: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
}

/**
 * Follows what the system and its person want of the app as a whole.
 * @param desktop null: it is still starting
 */
export function followApp(desktop: () => AppDesktop | null, logError: LogError, signals: Signals = process): void {
  const onFault = faultsOf('desktop', logError);
  let signalled = false;
  app.on(
    'second-instance',
    guarded(onFault, () => {
      desktop()?.showDesk();
    }),
  );
  app.on(
    'window-all-closed',
    guarded(onFault, () => {
      app.quit();
    }),
  );
  app.on(
    'before-quit',
    guarded(onFault, (event) => {
      const open = desktop();
      if (open === null) return;
      event.preventDefault();
      return open.quit(!signalled);
    }),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    signals.once(
      signal,
      guarded(onFault, () => {
        signalled = true;
        app.quit();
      }),
    );
  }
}
