import { EventEmitter } from 'node:events';

// Electron's main-process API as events alone: nothing is drawn. A test emits what a person or the system does, and puts a
// bug into what the app calls.

const appUrl = 'bitten://desk/index.html';

class FakeContents extends EventEmitter {
  readonly mainFrame = { url: appUrl };
  readonly session = { setPermissionRequestHandler: (): void => undefined };
  setWindowOpenHandler(): void {
    // No page opens windows here.
  }
  isDestroyed(): boolean {
    return false;
  }
  send(): void {
    // Nobody reads it.
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly open: BrowserWindow[] = [];
  readonly webContents = new FakeContents();
  bounds = { x: 0, y: 0, width: 800, height: 600 };

  constructor() {
    super();
    BrowserWindow.open.push(this);
  }
  loadURL(): Promise<void> {
    return Promise.resolve();
  }
  getNormalBounds(): object {
    return this.bounds;
  }
  isDestroyed(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  show(): void {
    // There is no screen.
  }
  focus(): void {
    // As above.
  }
  hide(): void {
    // As above.
  }
  maximize(): void {
    // As above.
  }
}

export class Tray extends EventEmitter {
  static last: Tray | null = null;
  menu: { label?: string; click?: () => void }[] = [];

  constructor() {
    super();
    Tray.last = this;
  }
  setContextMenu(menu: Tray['menu']): void {
    this.menu = menu;
  }
  setImage(): void {
    // There is no tray.
  }
  setToolTip(): void {
    // As above.
  }
  destroy(): void {
    // As above.
  }
}

export class Notification extends EventEmitter {
  static last: Notification | null = null;
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    Notification.last = this;
  }
}

class FakeApp extends EventEmitter {
  exits: number[] = [];
  quit(): void {
    this.emit('before-quit', { preventDefault: () => undefined });
  }
  exit(code: number): void {
    this.exits.push(code);
  }
}

export const app = new FakeApp();
export const ipcMain = new EventEmitter();
export const Menu = { buildFromTemplate: (items: Tray['menu']): Tray['menu'] => items };
export const nativeImage = { createEmpty: () => ({ addRepresentation: (): void => undefined }) };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] };
export const shell = { openPath: (): Promise<string> => Promise.resolve('') };
export const dialog = {
  showMessageBox: (): Promise<{ response: number; checkboxChecked: boolean }> =>
    Promise.resolve({ response: 2, checkboxChecked: false }),
  showErrorBox: (): void => undefined,
};
export const protocol = { registerSchemesAsPrivileged: (): void => undefined, handle: (): void => undefined };
