import { app } from 'electron';
import { faultsOf, guarded, type LogError } from '../src/base/guard.ts';

/** Functions of the desktop that the app's events call. */
interface AppDesktop {
  showDesk: () => void;
  quit: (asking: boolean) => Promise<void>;
}

interface Signals {
  once: (signal: 'SIGINT' | 'SIGTERM', listener: () => void) => unknown;
}

/**
 * Connects events of the app as a whole, such as a second start or a signal, with the desktop.
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
