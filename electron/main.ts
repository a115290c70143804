import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog, type BrowserWindow } from 'electron';
import { parseStartOptions } from '../src/host/serveFlags.ts';
import { startController, type RunningApp } from '../src/host/startController.ts';
import { StartFailure } from '../src/host/startFailure.ts';
import { declareAppScheme, serveAppScheme } from './appScheme.ts';
import { listenToPages } from './ipcTransport.ts';
import { utilityPaper } from './utilityPaper.ts';
import { loadPage, openWindow } from './window.ts';

/** The build's folder: `main`, `preload` and `renderer` lie in it. */
const outDir = join(import.meta.dirname, '..');
const rendererDir = join(outDir, 'renderer');

let desk: { window: BrowserWindow; running: RunningApp } | null = null;

try {
  const options = parseStartOptions(process.argv.slice(app.isPackaged ? 1 : 2), 'ignored');
  // Chromium's own files stay beside the journal; the lock below goes by this folder too.
  app.setPath('userData', join(options.dataDir, 'window'));
  if (app.requestSingleInstanceLock()) {
    declareAppScheme();
    void app.whenReady().then(() => start(options));
  } else {
    app.exit(0);
  }
} catch (error) {
  fail(error);
}

async function start(options: ReturnType<typeof parseStartOptions>): Promise<void> {
  try {
    serveAppScheme(rendererDir);
    const running = await startController(options, {
      launchPaper: utilityPaper(outDir),
      journalWorker: pathToFileURL(join(outDir, 'main', 'historyWorker.js')),
      rendererDir,
      webServer: 'when asked',
      say: (sentence) => process.stderr.write(`${sentence}\n`),
    });
    const window = openWindow(outDir);
    desk = { window, running };
    listenToPages(
      window.webContents,
      (transport) => running.serve(transport, { source: 'ticket' }),
      (sentence) => {
        running.log.warn(sentence);
      },
    );
    await loadPage(window);
    process.stdout.write(`${JSON.stringify(running.ready)}\n`);
  } catch (error) {
    fail(error);
  }
}

app.on('second-instance', () => {
  if (desk === null) return;
  if (desk.window.isMinimized()) desk.window.restore();
  desk.window.focus();
});

app.on('window-all-closed', () => {
  app.quit();
});

app.on('before-quit', (event) => {
  if (desk === null) return;
  event.preventDefault();
  const { running } = desk;
  desk = null;
  void running.stop().finally(() => {
    app.exit(0);
  });
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    app.quit();
  });
}

function fail(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof StartFailure ? sentence : String(error)}\n`);
  dialog.showErrorBox('BITTEN Desk could not start', sentence);
  app.exit(1);
}
