import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';
import { attempt, faultsOf, toLastGuard, logToLastGuard, type LogError } from '../src/base/guard.ts';
import type { DesktopPort } from '../src/host/servers/desktopPort.ts';
import { openLastGuard } from '../src/host/machine/lastGuard.ts';
import { parseStartOptions } from '../src/host/config/serveFlags.ts';
import type { Shell } from '../src/host/runningApp.ts';
import { startController } from '../src/host/startController.ts';
import { startWithPorts } from '../src/host/startWithPorts.ts';
import { openStandardStreams } from '../src/host/machine/standardStreams.ts';
import { StartFailure } from '../src/host/machine/startFailure.ts';
import { followApp } from './appEvents.ts';
import { declareAppScheme, serveAppScheme } from './appScheme.ts';
import { Desktop } from './desktop.ts';
import { PortWindow } from './portWindow.ts';
import { utilityPaper } from './utilityPaper.ts';

/** Folder of the build, with `main`, `preload` and `renderer`. */
const outDir = join(import.meta.dirname, '..');
const rendererDir = join(outDir, 'renderer');
/** MetaEditor reads no archive: in the built app the EA's files lie beside it. */
const eaDir = app.isPackaged ? join(process.resourcesPath, 'mt5') : join(outDir, '..', 'mt5');
/** The same as in electron-builder.yml: Windows shows notifications only of a known app. */
const appId = 'io.github.bitten-desk';

const { say, print } = openStandardStreams();
const lastGuard = openLastGuard({
  say,
  end: (sentence) => {
    // No dialog: it would keep the broken process alive until somebody presses its button.
    say(sentence);
    app.exit(1);
  },
});
let desktop: Desktop | null = null;
let logError: LogError = logToLastGuard;
const tellError: LogError = (sentence, error) => {
  logError(sentence, error);
};
const portWindow = new PortWindow({
  outDir,
  quit: () => {
    app.exit(1);
  },
  say,
  onFault: faultsOf('desktop', tellError),
});

try {
  const options = parseStartOptions(process.argv.slice(app.isPackaged ? 1 : 2), 'ignored');
  app.setAppUserModelId(appId);
  // Chromium's files are kept beside the journal; the lock below depends on this folder too.
  app.setPath('userData', join(options.dataDir, 'window'));
  if (app.requestSingleInstanceLock()) {
    declareAppScheme();
    attempt(toLastGuard, () => app.whenReady().then(() => start(options)));
  } else {
    app.exit(0);
  }
} catch (error) {
  fail(error);
}

async function start(options: ReturnType<typeof parseStartOptions>): Promise<void> {
  try {
    serveAppScheme(rendererDir);
    const shell: Shell = {
      launchPaper: utilityPaper(outDir),
      journalWorker: pathToFileURL(join(outDir, 'main', 'historyWorker.js')),
      rendererDir,
      eaDir,
      webServer: 'when asked',
      desktop: port,
      say,
    };
    const running = await startWithPorts(options, (each) => startController(each, shell), portWindow, say);
    lastGuard.protect(running.guarded);
    ({ logError } = running);
    desktop = new Desktop(running, outDir);
    await desktop.open();
    portWindow.close();
    print(JSON.stringify(running.ready));
  } catch (error) {
    fail(error);
  }
}

/** Answer to calls for the desktop while only the controller runs: it starts first. */
const starting = Promise.resolve('The desk is still starting.');
const port: DesktopPort = {
  openLogFolder: () => desktop?.openLogFolder() ?? starting,
  showCompactTicket: () => desktop?.showCompactTicket() ?? starting,
  testNotification: () => desktop?.testNotification() ?? starting,
};

followApp(() => desktop ?? (portWindow.isOpen ? portWindow : null), tellError);

function fail(error: unknown): void {
  const sentence = error instanceof Error ? error.message : String(error);
  say(error instanceof StartFailure ? sentence : String(error));
  dialog.showErrorBox('BITTEN Desk could not start', sentence);
  app.exit(1);
}
