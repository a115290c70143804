import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { note } from './notes.ts';
import { answer, clickNotification, clickTray } from './standInDesktop.ts';
import { closeBrowser } from './standInPages.ts';
import {
  emitPreventable,
  setCommandHandler,
  setOnAllClosed,
  setSchemeHandler,
  type SchemeHandler,
  type WindowCommand,
} from './standInWindow.ts';

// Just enough of Electron's main-process API to run the built bundles where there is no Electron runtime: a window is a
// page in Chromium, the preload script runs before the page's own, IPC goes through a page binding.

export { dialog, Menu, nativeImage, Notification, screen, shell, Tray } from './standInDesktop.ts';
export { BrowserWindow, ipcMain } from './standInWindow.ts';

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  setPath(): void {
    // Chromium keeps its files in a temporary folder of Playwright's.
  }
  setAppUserModelId(): void {
    // Only Windows has one.
  }
  requestSingleInstanceLock(): boolean {
    return process.env['STAND_IN_SECOND_INSTANCE'] === undefined;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  quit(): void {
    if (!emitPreventable(this, 'before-quit', {})) this.exit(0);
  }
  exit(code = 0): void {
    note(`exit ${String(code)}`);
    void closeBrowser().then(() => process.exit(code));
  }
}
export const app = new StandInApp();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string }[]): void => {
    note(`scheme ${schemes.map(({ scheme }) => scheme).join()}`);
  },
  handle: (_scheme: string, handler: SchemeHandler): void => {
    setSchemeHandler(handler);
  },
};

/** What a test has a person do, on the desktop or to the window whose page says it. */
export type StandInCommand =
  | WindowCommand
  | { do: 'click tray'; label: string | null }
  | { do: 'click notification'; title: string }
  | { do: 'answer'; button: string }
  | { do: 'start again' };

setOnAllClosed(() => {
  app.emit('window-all-closed');
});
setCommandHandler((raw) => {
  const command = raw as StandInCommand;
  switch (command.do) {
    case 'click tray':
      clickTray(command.label);
      return true;
    case 'click notification':
      clickNotification(command.title);
      return true;
    case 'answer':
      answer(command.button);
      return true;
    case 'start again':
      app.emit('second-instance');
      return true;
    default:
      return false;
  }
});

export const utilityProcess = {
  fork: (path: string, flags: string[]) => {
    const child = fork(path, flags, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
    return Object.assign(new EventEmitter(), {
      once: (event: string, listener: (code: number | null) => void) => child.once(event, listener),
      postMessage: (message: object) => child.send(message),
      kill: () => child.kill(),
    });
  },
};
