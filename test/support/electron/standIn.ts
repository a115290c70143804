import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { chromium, type Browser, type Frame, type Page } from '@playwright/test';
import { chromiumOptions } from '../chromium.ts';

// Just enough of Electron's main-process API to run the built bundles where there is no Electron runtime: the window
// is a page in Chromium, the preload script runs before the page's own, IPC goes through a page binding.

/** The custom scheme's pages live here: Chromium itself can't load a scheme that it doesn't know. */
const httpsOrigin = 'https://desk.bitten.test';
const appScheme = 'bitten://desk';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
let schemeHandler: SchemeHandler = () => new Response(null, { status: 404 });

const toHttps = (url: string): string => url.replace(appScheme, httpsOrigin);
const toScheme = (url: string): string => url.replace(httpsOrigin, appScheme);

/** What tests want to know of calls that leave no other trace. */
const calls: string[] = [];
const note = (call: string): void => {
  calls.push(call);
  process.stderr.write(`electron: ${call}\n`);
};

/** Whether a listener has prevented what the event is about. */
function emitPreventable(emitter: EventEmitter, name: string, event: object): boolean {
  const state = { prevented: false };
  emitter.emit(name, { ...event, preventDefault: () => (state.prevented = true) });
  return state.prevented;
}

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  setPath(): void {
    // Chromium keeps its files in a temporary folder of Playwright's.
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
    void (browser === null ? Promise.resolve() : browser.close()).then(() => process.exit(code));
  }
}
export const app = new StandInApp();

export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string }[]): void => {
    note(`scheme ${schemes.map(({ scheme }) => scheme).join()}`);
  },
  handle: (_scheme: string, handler: SchemeHandler): void => {
    schemeHandler = handler;
  },
};

export const dialog = {
  showErrorBox: (title: string, text: string): void => {
    note(`error box: ${title}: ${text}`);
  },
};

export const ipcMain = new EventEmitter();

let browser: Browser | null = null;

async function openPage(): Promise<Page> {
  // A port that the test can attach to with connectOverCDP.
  const port = await freePort();
  const options = chromiumOptions();
  browser = await chromium.launch({
    ...options,
    args: [...(options.args ?? []), `--remote-debugging-port=${String(port)}`],
  });
  process.stdout.write(`${JSON.stringify({ event: 'window', cdp: `http://127.0.0.1:${String(port)}` })}\n`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  return context.newPage();
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
  async load(url: string, preload: string): Promise<void> {
    const page = await openPage();
    this.page = page;
    page.on('close', () => {
      this.emit('destroyed');
      app.emit('window-all-closed');
    });
    page.on('popup', (popup) => {
      if (this.openHandler().action === 'deny') void popup.close();
    });
    await page.exposeBinding('standInSend', ({ frame }: { frame: Frame }, channel: string, message: unknown) => {
      // Electron gives the same frame object each time; its URL is what is compared.
      const isMain = frame === page.mainFrame();
      if (isMain) this.mainFrame.url = toScheme(frame.url());
      const senderFrame = isMain ? this.mainFrame : { url: toScheme(frame.url()) };
      ipcMain.emit(channel, { sender: this, senderFrame }, message);
    });
    await page.addInitScript(preloadScript(readFileSync(preload, 'utf8')));
    await page.route('**/*', async (route) => {
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
    });
    await page.goto(toHttps(url));
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

export class BrowserWindow extends EventEmitter {
  readonly webContents = new StandInContents();
  private readonly options: { webPreferences: { preload: string } };

  constructor(options: { webPreferences: { preload: string } }) {
    super();
    this.options = options;
    note(`window ${JSON.stringify(options)}`);
  }
  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url, this.options.webPreferences.preload);
    this.emit('ready-to-show');
  }
  show(): void {
    note('show');
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
}

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

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
