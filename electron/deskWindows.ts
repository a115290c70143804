import type { BrowserWindow } from 'electron';
import { attempt, faultsOf, guarded, type OnFault } from '../src/base/guard.ts';
import type { RunningApp } from '../src/host/runningApp.ts';
import { recoverFromCrashes } from './crashRecovery.ts';
import { listenToPages } from './ipcTransport.ts';
import { loadCrashedPage, loadPage, openWindow, type DeskPlace } from './window.ts';
import { openWindowPlaces, type WindowName, type WindowPlaces } from './windowPlaces.ts';

export interface DeskWindowsParts {
  running: RunningApp;
  outDir: string;
  /** Zoom of text; 1 is usual. */
  textZoom: () => number;
  /** Asked before the desk's window closes. True: it stays open or hidden. */
  onDeskClose: () => boolean;
  /** The compact ticket was opened or closed. */
  onTicket: () => void;
  /** Receives a bug behind a window's event. */
  onFault: OnFault;
}

/** The desk's window and the compact ticket, each opened on demand. */
export class DeskWindows {
  private readonly parts: DeskWindowsParts;
  private readonly places: WindowPlaces;
  private readonly open = new Map<WindowName, BrowserWindow>();

  constructor(parts: DeskWindowsParts) {
    this.parts = parts;
    const { running } = parts;
    this.places = openWindowPlaces(running.ready.dataDir, running.log.warn);
  }

  get desk(): BrowserWindow | null {
    return this.open.get('desk') ?? null;
  }

  get ticketOpen(): boolean {
    return this.open.has('ticket');
  }

  /** @param at shown in it */
  async showDesk(at: DeskPlace | null = null): Promise<void> {
    const known = this.open.get('desk');
    if (known === undefined) {
      await this.create('desk', at);
      return;
    }
    if (known.isMinimized()) known.restore();
    known.show();
    known.focus();
    // A page isn't reloaded when only its fragment changes.
    if (at !== null) await loadPage(known, 'desk', at);
  }

  async showTicket(): Promise<void> {
    const known = this.open.get('ticket');
    if (known === undefined) await this.create('ticket', null);
    else known.focus();
  }

  async toggleTicket(): Promise<void> {
    const known = this.open.get('ticket');
    if (known === undefined) await this.create('ticket', null);
    else known.close();
  }

  private async create(name: WindowName, at: DeskPlace | null): Promise<void> {
    const { running, outDir, onFault } = this.parts;
    const window = openWindow(name, { outDir, places: this.places, zoom: this.parts.textZoom(), onFault });
    this.open.set(name, window);
    listenToPages(
      window.webContents,
      (transport) => running.serve(transport, { source: 'ticket' }),
      (sentence) => {
        running.log.warn(sentence);
      },
      faultsOf('window message', running.logError),
    );
    const onCrash = (sentence: string): void => {
      running.log.warn(sentence);
    };
    recoverFromCrashes(window, this.recovery(name, window), onCrash, onFault);
    window.on('close', (event) => {
      attempt(onFault, () => {
        if (name === 'desk' && this.deskStays()) event.preventDefault();
      });
    });
    window.on(
      'closed',
      guarded(onFault, () => {
        this.open.delete(name);
        if (name === 'ticket') this.parts.onTicket();
      }),
    );
    if (name === 'ticket') this.parts.onTicket();
    await loadPage(window, name, at);
  }

  /** Whether the desk's window stays open. After a bug it does, as closing the last window quits the app. */
  private deskStays(): boolean {
    try {
      return this.parts.onDeskClose();
    } catch (error) {
      this.parts.onFault(error);
      return true;
    }
  }

  /** Loads a crashed window's page again; after too many crashes the desk says so, and the ticket closes. */
  private recovery(name: WindowName, window: BrowserWindow): (page: 'again' | 'crashed') => void {
    return (page) => {
      if (page === 'crashed' && name === 'ticket') {
        window.close();
        return;
      }
      const loaded = page === 'again' ? loadPage(window, name) : loadCrashedPage(window);
      loaded.catch((error: unknown) => {
        this.parts.running.log.error('A page could not be loaded after a crash.', error);
      });
    };
  }
}
