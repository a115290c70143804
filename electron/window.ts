import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { appUrl, isAppUrl } from './appScheme.ts';

/** The desk's window: sandboxed, and bound to the app's own page (ARCHITECTURE rule 9). */
export function openWindow(outDir: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'BITTEN Desk',
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
  webContents.on('will-navigate', (event) => {
    if (!isAppUrl(event.url)) event.preventDefault();
  });
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(permission === 'clipboard-sanitized-write');
  });
  window.once('ready-to-show', () => {
    window.show();
  });
  return window;
}

/** Loads the page; call it once somebody listens to what the page says. */
export async function loadPage(window: BrowserWindow): Promise<void> {
  await window.loadURL(appUrl);
}
