import { app, shell } from 'electron';
import { connectApi, type ApiClient } from '../src/api/rpc/connectApi.ts';
import { followState } from '../src/api/rpc/followState.ts';
import { attempt, faultsOf, guarded, type OnFault } from '../src/base/guard.ts';
import { memoryTransport } from '../src/api/rpc/memoryTransport.ts';
import type { AppState } from '../src/api/state/state.ts';
import type { DesktopPort } from '../src/host/servers/desktopPort.ts';
import type { RunningApp } from '../src/host/runningApp.ts';
import type { DeskPlace } from './window.ts';
import { DeskWindows } from './deskWindows.ts';
import { Notifier } from './notifier.ts';
import { askOnClose, askToQuit } from './questions.ts';
import { DeskTray } from './tray.ts';

/** The app on the desktop: its windows, its tray icon and its notifications, around a controller that runs without them. */
export class Desktop implements DesktopPort {
  private readonly running: RunningApp;
  private readonly client: ApiClient;
  private readonly windows: DeskWindows;
  private readonly tray: DeskTray;
  private readonly notifier: Notifier;
  private readonly onFault: OnFault;
  private state: AppState | null = null;
  private phase: 'open' | 'asking' | 'stopping' = 'open';

  constructor(running: RunningApp, outDir: string) {
    this.running = running;
    this.onFault = faultsOf('desktop', running.logError);
    this.windows = new DeskWindows({
      running,
      outDir,
      textZoom: () => (this.state?.settings.textSize ?? 100) / 100,
      onDeskClose: () => this.staysOpen(),
      onTicket: () => {
        this.updateTray();
      },
      onFault: this.onFault,
    });
    this.notifier = new Notifier((order) => {
      this.showDesk(order);
    }, this.onFault);
    this.tray = new DeskTray({
      openDesk: () => {
        this.showDesk();
      },
      kill: () => {
        this.report('The kill switch was not pressed.', this.client.call('kill', null));
      },
      toggleTicket: () => {
        this.report('The compact ticket did not open.', this.windows.toggleTicket());
      },
      checkConnection: () => {
        this.showDesk('check');
      },
      openLogFolder: () => {
        this.report('The log folder did not open.', this.openLogFolder());
      },
      quit: () => {
        attempt(this.onFault, () => {
          app.quit();
        });
      },
    });
    const [mine, served] = memoryTransport(faultsOf('window message', running.logError));
    running.serve(served, { source: 'ticket' });
    this.client = connectApi(mine);
    const tell = guarded(this.onFault, (before: AppState | null, state: AppState, at: number) => {
      this.notifier.follow(before, state, at);
    });
    const draw = guarded(this.onFault, () => {
      this.updateTray();
    });
    followState(this.client, {
      onState: (state, at) => {
        const before = this.state;
        this.state = state;
        // A failed notification must not stop the update of the tray or the next notification.
        tell(before, state, at);
        draw();
      },
      onFailure: (error) => {
        running.log.error('The tray and the notifications do not follow the app.', error);
      },
    });
  }

  async open(): Promise<void> {
    await this.windows.showDesk();
  }

  showDesk(at: DeskPlace | null = null): void {
    this.report('The desk did not open.', this.windows.showDesk(at));
  }

  async openLogFolder(): Promise<string | null> {
    const path = this.state?.app.logDir;
    if (path === undefined) return 'The desk is still starting.';
    const failure = await shell.openPath(path);
    return failure === '' ? null : `${path} could not be opened: ${failure}`;
  }

  async showCompactTicket(): Promise<string | null> {
    await this.windows.showTicket();
    return null;
  }

  testNotification(): Promise<string | null> {
    const body = 'Notifications of the desk look like this.';
    return Promise.resolve(this.notifier.show({ kind: 'fill', title: 'BITTEN Desk', body, order: null }));
  }

  /**
   * Ends the app after everything is written.
   * @param asking whether a person is asked first while orders have no result
   */
  async quit(asking: boolean): Promise<void> {
    if (this.phase === 'stopping' || (this.phase === 'asking' && asking)) return;
    const waiting = (this.state?.orders ?? []).filter(({ state }) => state === 'sent').map(({ signalId }) => signalId);
    if (asking && waiting.length > 0) {
      const goOn = await this.question(() => askToQuit(waiting));
      if (this.isStopping()) return;
      if (!goOn) {
        // The window may be gone by now.
        this.showDesk();
        return;
      }
    }
    this.phase = 'stopping';
    attempt(this.onFault, () => {
      this.notifier.stop();
      this.tray.remove();
    });
    let code = 0;
    try {
      await this.running.stop();
    } catch (error) {
      code = 1;
      this.running.log.writeNow('Not everything could be stopped cleanly.', error);
    } finally {
      app.exit(code);
    }
  }

  /** Whether the desk's window stays: the controller must not end just because a window closes. */
  private staysOpen(): boolean {
    if (this.isStopping()) return false;
    const choice = this.state?.settings.desktop.onClose ?? 'ask';
    if (choice === 'tray') this.windows.desk?.hide();
    else if (choice === 'quit') app.quit();
    else this.report('The question about closing could not be asked.', this.ask());
    return true;
  }

  /** Whether the app is stopping; a signal can stop it while a question is open. */
  private isStopping(): boolean {
    return this.phase === 'stopping';
  }

  private async ask(): Promise<void> {
    const window = this.windows.desk;
    if (window === null || this.state === null || this.phase !== 'open') return;
    const { choice, always } = await this.question(() => askOnClose(window));
    if (this.isStopping()) return;
    if (choice === 'cancel') return;
    if (always) {
      const desktop = { ...this.state.settings.desktop, onClose: choice };
      await this.client.call('updateSettings', { desktop });
    }
    if (choice === 'tray') window.hide();
    else app.quit();
  }

  /** Asks one question at a time; a question that failed doesn't block the next. */
  private async question<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    this.phase = 'asking';
    try {
      return await ask();
    } finally {
      if (!this.isStopping()) this.phase = 'open';
    }
  }

  private updateTray(): void {
    if (this.state !== null && this.phase !== 'stopping') this.tray.update(this.state, this.windows.ticketOpen);
  }

  private report(title: string, done: Promise<unknown>): void {
    done.then(
      (why) => {
        if (typeof why === 'string') this.running.log.warn(`${title} ${why}`);
      },
      (error: unknown) => {
        this.running.log.error(title, error);
        // The person doesn't see the log.
        this.onFault(error);
      },
    );
  }
}
