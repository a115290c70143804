import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Frame, Page, Route } from '@playwright/test';
import { note } from './notes.ts';
import { openPage } from './standInPages.ts';

/** The custom scheme's pages live here: Chromium itself can't load a scheme that it doesn't know. */
const httpsOrigin = 'https://desk.bitten.test';
const appScheme = 'bitten://desk';

export type SchemeHandler = (request: Request) => Response | Promise<Response>;
let schemeHandler: SchemeHandler = () => new Response(null, { status: 404 });
export function setSchemeHandler(handler: SchemeHandler): void {
  schemeHandler = handler;
}

const toHttps = (url: string): string => url.replace(appScheme, httpsOrigin);
const toScheme = (url: string): string => url.replace(httpsOrigin, appScheme);

export const ipcMain = new EventEmitter();

/** Whether a listener has prevented what the event is about. */
export function emitPreventable(emitter: EventEmitter, name: string, event: object): boolean {
  const state = { prevented: false };
  emitter.emit(name, { ...event, preventDefault: () => (state.prevented = true) });
  return state.prevented;
}

class StandInContents extends EventEmitter {
  readonly session = { setPermissionRequestHandler: (): void => undefined };
  mainFrame: { url: string } = { url: '' };
  private page: Page | null = null;
  private openHandler: () => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: () => { action: string }): void {
    this.openHandler = handler;
  }
  isDestroyed(): boolean {
    return this.page?.isClosed() ?? true;
  }
  send(channel: string, message: unknown): void {
    this.page
      ?.evaluate(
        ([name, value]) => {
          (globalThis as unknown as StandInWindow).standInReceive(name as string, value);
        },
        [channel, message],
      )
      // The page went away in the meantime, as a real window can.
      .catch(() => undefined);
  }
  async load(url: string, preload: string, onCommand: (command: unknown) => void): Promise<void> {
    this.page ??= await this.open(preload, onCommand);
    await this.page.goto(toHttps(url));
  }
  async close(): Promise<void> {
    await this.page?.close();
  }

  private async open(preload: string, onCommand: (command: unknown) => void): Promise<Page> {
    const page = await openPage();
    page.on('close', () => {
      if (this.page === page) this.emit('destroyed');
    });
    page.on('crash', () => {
      // Electron's window lives on with a new process; Playwright's page doesn't, so the next load opens another.
      this.page = null;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
      void page.close();
    });
    page.on('popup', (popup) => {
      if (this.openHandler().action === 'deny') void popup.close();
    });
    await page.exposeBinding('standInDo', (_source, command: unknown) => {
      onCommand(command);
    });
    await page.exposeBinding('standInSend', ({ frame }: { frame: Frame }, channel: string, message: unknown) => {
      // Electron gives the same frame object each time; its URL is what is compared.
      const isMain = frame === page.mainFrame();
      if (isMain) this.mainFrame.url = toScheme(frame.url());
      const senderFrame = isMain ? this.mainFrame : { url: toScheme(frame.url()) };
      ipcMain.emit(channel, { sender: this, senderFrame }, message);
    });
    await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')));
    await page.route('**/*', (route) => this.answer(page, route));
    return page;
  }

  private async answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) {
      if (emitPreventable(this, 'will-navigate', { url: toScheme(request.url()) })) {
        note(`navigation denied: ${request.url()}`);
        // 'aborted' leaves the page as it was; a failure would show Chromium's error page.
        await route.abort('aborted');
        return;
      }
    }
    if (!request.url().startsWith(httpsOrigin)) {
      await route.abort();
      return;
    }
    const response = await schemeHandler(new Request(toScheme(request.url())));
    const body = Buffer.from(await response.arrayBuffer());
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  }
}

interface StandInWindow {
  standInReceive: (channel: string, message: unknown) => void;
}

/** The sandboxed CommonJS preload, with the part of `electron` that a preload sees. */
function preloadScript(code: string): string {
  return `(() => {
    const listeners = {};
    globalThis.standInReceive = (channel, message) => { for (const listener of listeners[channel] ?? []) listener({}, message); };
    const electron = {
      ipcRenderer: {
        send: (channel, message) => { standInSend(channel, message); },
        on: (channel, listener) => { (listeners[channel] ??= []).push(listener); },
      },
      contextBridge: { exposeInMainWorld: (name, value) => { globalThis[name] = value; } },
    };
    const require = (name) => { if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name); return electron; };
    const module = { exports: {} };
    ((require, module, exports) => { ${code} })(require, module, module.exports);
  })();`;
}

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

type WindowOptions = Partial<Rectangle> & { webPreferences: { preload: string } };

/** What a person does to a window; the page's binding `standInDo` takes it. */
export type WindowCommand = { do: 'close' } | { do: 'move'; bounds: Rectangle } | { do: 'maximize' };

let commandHandler: (command: unknown) => boolean = () => false;
/** Commands that are about no window. */
export function setCommandHandler(handler: (command: unknown) => boolean): void {
  commandHandler = handler;
}
let onAllClosed = (): void => undefined;
export function setOnAllClosed(listener: () => void): void {
  onAllClosed = listener;
}
let windows = 0;

export class BrowserWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  private readonly options: WindowOptions;
  private bounds: Rectangle;
  private maximized = false;
  private destroyed = false;
  private loaded = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    windows += 1;
    note(`window ${JSON.stringify(options)}`);
    this.webContents.once('destroyed', () => {
      this.destroyed = true;
      this.emit('closed');
      windows -= 1;
      if (windows === 0) onAllClosed();
    });
  }
  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url, this.options.webPreferences.preload, (command) => {
      if (!commandHandler(command)) this.obey(command as WindowCommand);
    });
    if (this.loaded) return;
    this.loaded = true;
    this.emit('ready-to-show');
  }
  close(): void {
    if (!emitPreventable(this, 'close', {})) void this.webContents.close();
  }
  show(): void {
    note('show');
  }
  hide(): void {
    note('hide');
  }
  focus(): void {
    note('focus');
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    note('restore');
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMaximized(): boolean {
    return this.maximized;
  }
  maximize(): void {
    note('maximize');
    this.maximized = true;
    this.emit('maximize');
  }
  getNormalBounds(): Rectangle {
    return this.bounds;
  }

  private obey(command: WindowCommand): void {
    switch (command.do) {
      case 'close':
        this.close();
        break;
      case 'maximize':
        this.maximize();
        break;
      case 'move':
        this.bounds = command.bounds;
        this.emit('move');
        break;
    }
  }
}
