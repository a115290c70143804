import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { doAll, faultsOf } from '../base/guard.ts';
import { type ApiServer, serveApi } from '../api/rpc/serveApi.ts';
import { Controller } from '../controller/controller.ts';
import { guardedClock } from '../controller/ports/guardedClock.ts';
import { JournalFailure } from '../journal/rows/journalFailure.ts';
import { listenToFeed } from '../gateway/listenToFeed.ts';
import { PortUnavailable } from '../zmq/bindSocket.ts';
import { openLink } from '../zmq/openLink.ts';
import { openControlSocket } from './servers/controlSocket.ts';
import { dataFolder, type DataFolder } from './folder/dataFolder.ts';
import { engineStore } from './config/engineStore.ts';
import { nobodyListens, openGatewaySockets } from './servers/gatewaySockets.ts';
import { FaultLog } from './machine/faultLog.ts';
import { lockInstance } from './folder/instanceLock.ts';
import { logFolder, openLog } from './machine/log.ts';
import { logEvents } from './machine/logEvents.ts';
import { marksDir } from './folder/folderMark.ts';
import { portFailureOf } from './machine/portFailure.ts';
import { makeBackup } from './folder/makeBackup.ts';
import { makeHandlers } from './makeHandlers.ts';
import { type HostJournal, openJournal } from './folder/openJournal.ts';
import { EaInstaller } from './mt5/eaInstaller.ts';
import { PaperBridge } from './bridges/paperBridge.ts';
import { realBridges } from './bridges/realBridges.ts';
import type { StartOptions } from './config/serveFlags.ts';
import { SettingsFile } from './config/settingsFile.ts';
import { StartFailure, startFailureOf } from './machine/startFailure.ts';
import { StartAlarms } from './folder/startAlarms.ts';
import { startSettings } from './config/startSettings.ts';
import { systemClock } from './machine/systemClock.ts';
import { version } from './machine/version.ts';
import { webDashboard } from './servers/webDashboard.ts';
import type { RunningApp, Shell } from './runningApp.ts';
import { sha256 } from './machine/sha256.ts';
import { bridgeSettingsSchema } from '../api/settings/bridgeSettings.ts';

/**
 * The composition root: makes and connects every part of a running app, for each shell.
 * @throws StartFailure with one sentence for the person who started it; PortFailure where another port would do
 */
export async function startController(options: StartOptions, shell: Shell): Promise<RunningApp> {
  const folder = folderFor(options.dataDir);
  /** Undo steps of everything started so far; run last first. */
  const undos: (() => Promise<void> | void)[] = [];
  let stopping = false;
  /** Runs every undo step, also after one has failed. @throws the first failure */
  const stop = (): Promise<void> => {
    stopping = true;
    return doAll(undos.splice(0).reverse());
  };
  try {
    undos.push(await lockInstance(folder));
    const found = startSettings(folder.path);
    const { config } = found;
    const bridges = realBridges(config, options);
    const log = openLog(folder.path, shell.say);
    undos.push(() => log.close());
    const faults = new FaultLog({ log: log.error, now: () => systemClock.monotonic() });
    const logError = faults.take;
    const clock = guardedClock(systemClock, faultsOf('timer', logError));
    const openFolderJournal = (dataDir: string): HostJournal =>
      openJournal({ dataDir, workerUrl: shell.journalWorker, logError });
    const hostJournal = openFolderJournal(folder.path);
    const { journal, warning, lastLimits, killMark, killWarning, epoch, mark } = hostJournal;
    undos.push(hostJournal.close);
    found.alarms.push(...found.settle(lastLimits, systemClock.now()));
    const ownAlarms = [...found.alarms, warning, killWarning].filter((alarm) => alarm !== null);
    const startAlarms = new StartAlarms(journal, systemClock.now(), ownAlarms, (why) => {
      log.warn(`The alarms of this start could not be kept for the next one: ${why}`);
    });
    const settings = new SettingsFile({
      dataDir: folder.path,
      config,
      clock,
      alarm: (alarm) => {
        controller.alarm(null, alarm);
      },
    });
    undos.push(() => {
      settings.stop();
    });

    const eaInstaller = new EaInstaller({
      source: shell.eaDir,
      appData: folderOf(process.env['APPDATA']),
      machine: hostname(),
      log: log.info,
    });
    undos.push(() => {
      eaInstaller.stop();
    });

    const gatewaySockets = options.gateway ? await openGatewaySockets(options, config.settings, logError) : null;
    if (gatewaySockets !== null) undos.push(gatewaySockets.close);

    const controller: Controller = new Controller({
      clock,
      random: (count) => randomBytes(count),
      sha256,
      journal,
      bridges: bridges.map(({ id }) => id),
      app: {
        version,
        dataDir: folder.path,
        logDir: logFolder(folder.path),
        shippedEaVersion: eaInstaller.version,
        gateway: gatewaySockets?.gateway.endpoint ?? null,
        publish: gatewaySockets?.publication.endpoint ?? null,
      },
      engines: engineStore(
        () => settings.inForce.engines,
        (engines) => {
          settings.write({ engines: [...engines] });
        },
      ),
      feeds: {
        load: () => settings.inForce.feeds,
        save: (feeds) => {
          settings.write({ feeds: [...feeds] });
        },
        listen: (feed, listener) => listenToFeed(feed, listener, logError),
      },
      publication: gatewaySockets?.publication ?? nobodyListens,
      killMark,
      epoch,
      settings: config.settings,
      logError,
    });
    faults.tellBy((alarm) => {
      controller.alarm(null, alarm);
    });
    undos.push(logEvents(controller, log));
    undos.push(() => controller.stop());

    for (const alarm of [...startAlarms.earlier, ...found.alarms]) controller.alarm(null, alarm);
    if (killWarning !== null) controller.alarm(null, killWarning);

    const wasTold = startAlarms.earlier.every(({ level }) => level !== 'critical');
    const armed = options.armed && warning === null && found.trusted && wasTold;
    for (const { id, stored, link, startFlags } of bridges) {
      const opened = await openLink({ ...link, logError }).catch(portFailureOf(id));
      controller.addBridge({ ...bridgeSettingsSchema.parse(stored), id, kind: 'real', armed, startFlags }, opened);
      if (warning !== null) controller.alarm(id, warning);
    }

    const paper = new PaperBridge(controller, {
      launch: shell.launchPaper,
      dataDir: folder.path,
      openJournal: openFolderJournal,
      settings: () => bridgeSettingsSchema.parse(settings.inForce.paper),
      logError,
    });
    undos.push(() => paper.stop());
    if (options.paper) await paper.start();

    const web = webDashboard({
      isOn: options.http,
      port: options.httpPort ?? config.settings.httpPort,
      rendererDir: shell.rendererDir,
      instance: folder.instance,
      serve: (transport) => serveApi(transport, api, { source: 'ticket' }),
      log,
      logError,
    });
    undos.push(web.close);

    const api: ApiServer = {
      handlers: makeHandlers({
        controller,
        paper,
        settings,
        eaInstaller,
        backup: (dir) =>
          makeBackup(dir, {
            dataDir: folder.path,
            marksDir: marksDir(),
            version,
            now: () => systemClock.now(),
            copyJournal: hostJournal.backup,
          }),
        webPort: web.port,
        desktop: shell.desktop ?? null,
        reportProblem: (text) => {
          log.error('A window could not go on.', text);
        },
        endSessions: web.endSessions,
        dashboardLink: web.link,
      }),
      follow: (listener) => controller.follow(listener),
      logError,
    };
    const dashboard = shell.webServer === 'when asked' ? null : await web.link();
    undos.push(
      await openControlSocket(folder, (transport) => serveApi(transport, api, { source: 'command line' }), logError),
    );

    gatewaySockets?.gateway.serve(controller.signals);

    startAlarms.shown();
    log.info('started', { version, dataDir: folder.path, bridges: bridges.map(({ id }) => id) });
    return {
      ready: {
        event: 'ready',
        version,
        pid: process.pid,
        dashboard,
        dataDir: folder.path,
        gateway: gatewaySockets?.gateway.endpoint ?? null,
        publish: gatewaySockets?.publication.endpoint ?? null,
        bridges: controller.snapshot().state.bridges.map(({ id, endpoints }) => ({ id, ...endpoints })),
      },
      serve: (transport, caller) => serveApi(transport, api, caller),
      log,
      logError,
      guarded: {
        distrust: () => (stopping ? null : controller.risk.distrust()),
        write: log.writeNow,
        lastWords: mark,
      },
      stop,
    };
  } catch (error) {
    // The reason of the failed start is thrown; a failed undo is only printed.
    await stop().catch((failure: unknown) => {
      shell.say(`Not everything could be undone: ${String(failure)}`);
    });
    const told = error instanceof PortUnavailable || error instanceof JournalFailure;
    throw told ? new StartFailure(error.message) : startFailureOf(error, folder.path);
  }
}

/** An empty variable names no folder. */
function folderOf(variable: string | undefined): string | null {
  return variable === undefined || variable === '' ? null : variable;
}

/** @throws StartFailure */
function folderFor(dir: string): DataFolder {
  try {
    return dataFolder(dir, { create: true });
  } catch (error) {
    throw startFailureOf(error, dir);
  }
}
