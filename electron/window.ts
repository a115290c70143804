import { join } from 'node:path';
import { BrowserWindow, screen, type BrowserWindowConstructorOptions } from 'electron';
import { guarded, type OnFault } from '../src/base/guard.ts';
import { orderAddress, type OrderRef } from '../src/domain/orders/orderRef.ts';
import { appUrl, isAppUrl } from './appScheme.ts';
import { reachableBounds } from './windowPlace.ts';
import type { WindowName, WindowPlaces } from './windowPlaces.ts';

/** @param zoom of the text; the compact ticket is as wide as its fields need */
const kinds: Record<WindowName, (zoom: number) => BrowserWindowConstructorOptions> = {
  desk: () => ({ width: 1280, height: 800, minWidth: 1024, minHeight: 640, title: 'BITTEN Desk' }),
  ticket: (zoom) => ({
    width: Math.round(340 * zoom),
    height: 720,
    minWidth: 320,
    minHeight: 400,
    title: 'Ticket – BITTEN Desk',
    alwaysOnTop: true,
    maximizable: false,
    fullscreenable: false,
  }),
};

const pages = { desk: appUrl, ticket: `${appUrl}?view=ticket` } as const;
const crashedUrl = new URL('crashed.html', appUrl).href;
const startUrl = new URL('start.html', appUrl).href;

interface WindowParts {
  outDir: string;
  places: WindowPlaces;
  /** Zoom of text; 1 is usual. */
  zoom: number;
  /** Receives a bug behind one of its events. */
  onFault: OnFault;
}

/** Opens a window at its last place. */
export function openWindow(name: WindowName, { outDir, places, zoom, onFault }: WindowParts): BrowserWindow {
  const place = places.get(name);
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const options = { ...kinds[name](zoom), ...(place === null ? {} : reachableBounds(place.bounds, workAreas)) };
  const window = openHidden(options, outDir, onFault);
  keepPlace(window, name, places, onFault);
  window.once(
    'ready-to-show',
    guarded(onFault, () => {
      if (place?.maximized === true) window.maximize();
      window.show();
    }),
  );
  return window;
}

/** The small window that asks for a port before there is a desk. */
export function openStartWindow(zoom: number, outDir: string, onFault: OnFault): BrowserWindow {
  const size = { width: Math.round(640 * zoom), height: Math.round(580 * zoom), minWidth: 400, minHeight: 400 };
  const window = openHidden({ ...size, title: 'BITTEN Desk', maximizable: false }, outDir, onFault);
  window.once(
    'ready-to-show',
    guarded(onFault, () => {
      window.show();
    }),
  );
  return window;
}

/** A window that is not shown yet: sandboxed and restricted to the app's own pages (ARCHITECTURE rule 9). */
function openHidden(options: BrowserWindowConstructorOptions, outDir: string, onFault: OnFault): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    show: false,
    backgroundColor: '#0b0f14',
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(outDir, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  webContents.on(
    'will-navigate',
    guarded(onFault, (event) => {
      if (!isAppUrl(event.url)) event.preventDefault();
    }),
  );
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write');
  });
  return window;
}

/** Delay after the last move or resize until the place is saved, in ms. */
const settledMs = 500;

function keepPlace(window: BrowserWindow, name: WindowName, places: WindowPlaces, onFault: OnFault): void {
  let timer: NodeJS.Timeout | undefined;
  const keep = guarded(onFault, (): void => {
    clearTimeout(timer);
    if (window.isDestroyed() || window.isMinimized()) return;
    places.set(name, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(keep, settledMs);
  };
  window.on('resize', later);
  window.on('move', later);
  window.on('maximize', later);
  window.on('unmaximize', later);
  window.on('close', keep);
}

/** What the desk shows when it is opened: an order, or the connection check. */
export type DeskPlace = OrderRef | 'check';

/**
 * Loads a window's page; call it after attaching the listeners for the page's messages.
 * @param at shown by the desk at once
 */
export async function loadPage(window: BrowserWindow, name: WindowName, at: DeskPlace | null = null): Promise<void> {
  const fragment = at === null ? '' : at === 'check' ? '#check' : `#order=${orderAddress(at)}`;
  await window.loadURL(`${pages[name]}${fragment}`);
}

/** The plain page in place of one that crashed too often. */
export async function loadCrashedPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(crashedUrl);
}

/** The page of the window that asks for a port. */
export async function loadStartPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(startUrl);
}
