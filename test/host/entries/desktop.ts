import { EventEmitter } from 'node:events';
import { expect, vi } from 'vitest';
import { followApp } from '../../../electron/appEvents.ts';
import { Desktop } from '../../../electron/desktop.ts';
import { closeChannel, messageChannel, openChannel } from '../../../electron/ipcChannels.ts';
import type { Transport } from '../../../src/api/rpc/transport.ts';
import type { RunningApp } from '../../../src/host/runningApp.ts';
import { bridgeBench, type BridgeBench } from '../../support/bridgeBench.ts';
import { app, BrowserWindow, dialog, ipcMain, Notification, Tray } from '../../support/electron/fakeElectron.ts';
import { tempDir } from '../../support/tempDir.ts';
import { until } from '../../support/until.ts';
import type { Walk, Walker } from './walk.ts';

// Electron's main process around a bench. The module `electron` is a fake here.

interface Desk extends BridgeBench {
  desktop: Desktop;
  window: BrowserWindow;
  tray: Tray;
  /** Of the process. */
  signals: EventEmitter;
  /** Presses an item of the tray's menu. */
  press: (label: string) => void;
  /** A person closes the window. @returns whether it stays */
  close: () => boolean;
  /** Of the transports that windows brought, the newest. */
  served: () => Transport | undefined;
}

async function openDesk({ faults, undo }: Walker, changes: Partial<RunningApp> = {}): Promise<Desk> {
  const bench = bridgeBench();
  const { path, remove } = tempDir();
  undo(remove);
  const served: Transport[] = [];
  const running = {
    ready: { dataDir: path },
    serve: (transport: Transport) => {
      served.push(transport);
      serveBench(transport, bench);
      return () => undefined;
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined, writeNow: () => undefined },
    logError: faults.take,
    stop: () => bench.controller.stop(),
    ...changes,
  } as unknown as RunningApp;
  BrowserWindow.open.length = 0;
  app.exits = [];
  const desktop = new Desktop(running, path);
  const signals = new EventEmitter();
  followApp(() => desktop, faults.take, signals);
  undo(() => {
    app.removeAllListeners();
    ipcMain.removeAllListeners();
  });
  await desktop.open();
  const [window] = BrowserWindow.open;
  const tray = Tray.last;
  if (window === undefined || tray === null) throw new Error('There is no window, or no tray.');
  await until(() => tray.menu.length > 0, 'the tray is drawn');
  return {
    ...bench,
    desktop,
    window,
    tray,
    signals,
    served: () => served.at(-1),
    press: (label) => tray.menu.find((item) => item.label?.startsWith(label))?.click?.(),
    close: () => {
      let stays = false;
      window.emit('close', { preventDefault: () => (stays = true) });
      return stays;
    },
  };
}

/** As much of the contract as the desktop itself asks for. */
function serveBench(transport: Transport, { controller }: BridgeBench): void {
  transport.onMessage((raw) => {
    const message = raw as { type: string; id: number; name: string };
    if (message.type === 'follow')
      controller.follow((event) => {
        transport.post({ type: 'event', event });
      });
    else if (message.name === 'snapshot')
      transport.post({ type: 'reply', id: message.id, output: controller.snapshot() });
    else transport.post({ type: 'error', id: message.id, error: { code: 'internal', message: 'a bug' } });
  });
}

/** Another start, the last window, the end: the app's own events. */
export const appEvents: Walk = async (walker) => {
  const { bug, counted, undo } = walker;
  const { desktop, signals, window } = await openDesk(walker);
  window.show = bug;
  app.emit('second-instance');
  await counted('desktop', 1);
  const quit = app.quit.bind(app);
  undo(() => (app.quit = quit));
  app.quit = bug;
  app.emit('window-all-closed');
  signals.emit('SIGTERM');
  await counted('desktop', 3);
  app.quit = quit;
  Object.assign(desktop, { quit: bug });
  app.quit();
  await counted('desktop', 4);
  expect(app.exits).toEqual([]);
};

export const trayClicks: Walk = async (walker) => {
  const { bug, counted, undo } = walker;
  const { press, tray, window } = await openDesk(walker);
  window.show = bug;
  tray.emit('click');
  press('Open desk');
  // The call fails, and the log alone would be no place to learn that nothing was stopped.
  press('Kill switch');
  await counted('desktop', 3);
  const quit = app.quit.bind(app);
  undo(() => (app.quit = quit));
  app.quit = bug;
  press('Quit');
  await counted('desktop', 4);
};

/** What the tray and the notifications show of the state. */
export const drawing: Walk = async (walker) => {
  const { bug, counted, undo } = walker;
  const { connect, controller, link, tray } = await openDesk(walker);
  connect();
  const broken = vi.spyOn(Notification.prototype, 'show').mockImplementation(bug);
  undo(() => {
    broken.mockRestore();
  });
  tray.setImage = bug;
  controller.risk.kill('ticket');
  await counted('desktop', 1);
  // Of the next change each is told again.
  controller.alarm('main', { level: 'critical', code: 'second_peer', text: 'A second EA', nextStep: 'Look.' });
  await counted('desktop', 2);
  link.leave();
  await until(() => broken.mock.calls.length > 0, 'a notification is shown');
  await counted('desktop', 4);
};

export const notificationClicks: Walk = async (walker) => {
  const { bug, counted } = walker;
  const { desktop, window } = await openDesk(walker);
  await desktop.testNotification();
  window.show = bug;
  for (let time = 0; time < 2; time += 1) Notification.last?.emit('click');
  await counted('desktop');
};

export const windowEvents: Walk = async (walker) => {
  const { bug, counted } = walker;
  const { window } = await openDesk(walker);
  window.once('ready-to-show', () => undefined);
  window.show = bug;
  window.emit('ready-to-show');
  window.getNormalBounds = bug;
  window.emit('resize');
  window.emit('close', { preventDefault: () => undefined });
  window.isDestroyed = bug;
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  await counted('desktop', 3);
};

/** A window that closes takes the desk with it, so that after a bug it stays; the next question is asked all the same. */
export const questions: Walk = async (walker) => {
  const { bug, counted, undo } = walker;
  const { close, controller, desktop, fire } = await openDesk(walker);
  const { showMessageBox } = dialog;
  undo(() => (dialog.showMessageBox = showMessageBox));
  dialog.showMessageBox = bug;
  expect(close()).toBe(true);
  await counted('desktop', 1);
  expect(close()).toBe(true);
  await counted('desktop', 2);
  Object.assign(desktop, { state: { ...controller.snapshot().state, orders: [{ ...(await fire()), state: 'sent' }] } });
  app.quit();
  await counted('desktop', 3);
  // Nobody could be asked, so it is asked again, and not answered by the bug.
  expect(app.exits).toEqual([]);
  app.quit();
  await counted('desktop', 4);
};

/** The end itself fails: the process ends all the same, and its exit code says so. */
export const ending: Walk = async (walker) => {
  const { bug, faults } = walker;
  const { tray } = await openDesk(walker, { stop: bug });
  tray.destroy = bug;
  app.quit();
  await until(() => app.exits.length > 0, 'the app has ended');
  expect([app.exits, faults.total('desktop')]).toEqual([[1], 1]);
};

/** IPC: a page opens, speaks, and goes. */
export const pages: Walk = async (walker) => {
  const { bug, counted } = walker;
  const { served, window } = await openDesk(walker);
  const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
  ipcMain.emit(openChannel, event);
  served()?.onMessage(bug);
  served()?.onClose(bug);
  for (const message of ['a text', null]) ipcMain.emit(messageChannel, event, message);
  await counted('window message', 2);
  ipcMain.emit(closeChannel, event);
  await counted('window message', 3);
  // The next page is served.
  const before = served();
  ipcMain.emit(openChannel, event);
  expect(served()).not.toBe(before);
};
