import { ContractFailure } from '../api/contractFailure.ts';
import {
  defaultEngineSettings,
  defaultFeedSettings,
  type EngineSettings,
  engineSettingsSchema,
  feedSettingsSchema,
} from '../api/state/engines.ts';
import type { Handlers } from '../api/rpc/serveApi.ts';
import { withoutUndefined } from '../base/withoutUndefined.ts';
import type { Controller } from '../controller/controller.ts';
import { bridgeSettingsCalls } from './bridgeSettingsCalls.ts';
import { checkPort } from './machine/checkPort.ts';
import { callDesktop, type DesktopPort } from './servers/desktopPort.ts';
import { withAddresses } from './machine/machineAddresses.ts';
import type { BackupDone } from './folder/makeBackup.ts';
import type { EaInstaller } from './mt5/eaInstaller.ts';
import type { PaperBridge } from './bridges/paperBridge.ts';
import type { SettingsFile } from './config/settingsFile.ts';
import { settingsSchema } from '../api/settings/appSettings.ts';

export interface HandlerParts {
  controller: Controller;
  paper: PaperBridge;
  settings: Pick<SettingsFile, 'saveApp' | 'saveBridge'>;
  eaInstaller: Pick<EaInstaller, 'terminals' | 'install'>;
  /** @param dir whole path of an empty folder @throws ContractFailure */
  backup: (dir: string) => Promise<BackupDone>;
  /** Null: this is no desktop app. */
  desktop: DesktopPort | null;
  /** Logs a problem that a window reports. */
  reportProblem: (text: string) => void;
  /** Null: there is no web server. */
  dashboardLink: () => Promise<string | null>;
  /** Invalidates every cookie and link given out so far. */
  endSessions: () => void;
  /** The web server's TCP port, where there is one. */
  webPort: () => number[];
}

/** The handler of each call of the contract. */
export function makeHandlers(parts: HandlerParts): Handlers {
  const {
    controller,
    paper,
    settings: file,
    eaInstaller,
    backup,
    dashboardLink,
    webPort,
    desktop,
    reportProblem,
  } = parts;
  return {
    ...bridgeSettingsCalls(controller, file),
    endSessions: () => {
      parts.endSessions();
      return null;
    },
    snapshot: () => controller.snapshot(),
    history: (request) => controller.journal.history(request),
    fills: (request) => controller.journal.fills(request),
    bars: (request) => controller.connections.bars(request),
    fire: (request, { source }) => controller.orders.fire(request, source),
    closeEverything: (request, { source }) => controller.orders.closeEverything(request, source),
    change: (request, { source }) => controller.orders.change(request, source),
    arm: ({ bridge }, { source }) => {
      controller.risk.arm(bridge, source);
      return null;
    },
    disarm: ({ bridge }, { source }) => {
      controller.risk.disarm(bridge, source);
      return null;
    },
    kill: (_, { source }) => {
      controller.risk.kill(source);
      return null;
    },
    release: (_, { source }) => {
      controller.risk.release(source);
      return null;
    },
    releaseEa: ({ bridge }, { source }) => {
      controller.risk.releaseEa(bridge, source);
      return null;
    },
    acceptAccount: ({ bridge, account }, { source }) => {
      controller.risk.acceptAccount(bridge, account, source);
      return null;
    },
    nameAccount: ({ bridge, name }, { source }) => {
      controller.risk.nameAccount(bridge, name, source);
      return null;
    },
    rebase: ({ bridge, note }, { source }) => {
      controller.risk.rebase(bridge, note, source);
      return null;
    },
    setRuleBase: ({ bridge, rule, value, note }, { source }) => {
      controller.risk.setRuleBase(bridge, rule, value, note, source);
      return null;
    },
    unlockAccount: ({ bridge, rule, note }, { source }) => {
      controller.risk.unlockAccount(bridge, rule, note, source);
      return null;
    },
    setDayStart: ({ bridge, equity, note }, { source }) => {
      controller.risk.setDayStart(bridge, equity, note, source);
      return null;
    },
    settle: (request, { source }) => controller.orders.settle(request, source),
    timeline: ({ order, bridge }) => controller.orders.timeline(order, bridge),
    orders: (request) => controller.journal.orders(request),
    verify: async (request) => withAddresses(await controller.connections.check(request)),
    fireProof: (request, { source }) => controller.orders.fireProof(request, source),
    connectionHistory: ({ bridge }) => controller.connections.history(bridge),
    statistics: (request) => controller.journal.statistics(request),
    xp: (request) => controller.journal.xp(request),
    exportPage: (request) => controller.journal.exportPage(request),
    deals: (request) => controller.journal.deals(request),
    dealGroups: (request) => controller.journal.dealGroups(request),
    activity: (request) => controller.journal.activity(request),
    acknowledge: ({ alarms }, { source }) => {
      controller.journal.acknowledge(alarms, source);
      return null;
    },
    wire: (request) => controller.journal.wire(request),
    wireFrame: (request) => controller.journal.wireFrame(request),
    resumeTrading: ({ bridge }, { source }) => {
      controller.connections.resumeTrading(bridge, source);
      return null;
    },
    acceptSilentEa: ({ bridge }, { source }) => {
      controller.connections.acceptSilentEa(bridge, source);
      return null;
    },
    takeOverEa: ({ bridge, theirs }, { source }) => {
      controller.connections.takeOverEa(bridge, theirs, source);
      return null;
    },
    checkPorts: ({ host, ports }) => {
      const own = [...controller.connections.ports(), ...webPort()];
      return Promise.all(ports.map((port) => checkPort(host, port, own)));
    },
    eaTerminals: () => eaInstaller.terminals(),
    installEa: ({ bridge, terminal }) => eaInstaller.install(controller.snapshot().state, bridge, terminal),
    updateSettings: (changes, { source }) => {
      const settings = settingsSchema.parse({ ...controller.snapshot().state.settings, ...withoutUndefined(changes) });
      file.saveApp(settings);
      controller.updateSettings(settings, source);
      return settings;
    },
    addEngine: ({ name, settings }, { source }) => ({
      token: controller.signals.addEngine(name, engineSettingsOf(defaultEngineSettings, settings), source),
    }),
    updateEngine: ({ name, changes }, { source }) => {
      const { signals } = controller;
      signals.configureEngine(name, engineSettingsOf(signals.engineSettings(name), changes), source);
      return null;
    },
    pauseEngine: ({ name }, { source }) => {
      controller.signals.pauseEngine(name, source);
      return null;
    },
    resumeEngine: ({ name }, { source }) => {
      controller.signals.resumeEngine(name, source);
      return null;
    },
    removeEngine: ({ name }, { source }) => {
      controller.signals.removeEngine(name, source);
      return null;
    },
    fireWaiting: ({ signal, bridge, seen }, { source }) => controller.signals.fireWaiting(signal, bridge, source, seen),
    dismissWaiting: ({ signal }) => {
      controller.signals.dismissWaiting(signal);
      return null;
    },
    addFeed: (changes, { source }) => {
      const settings = { ...defaultFeedSettings, ...withoutUndefined(changes) };
      controller.signals.addFeed(feedSettingsSchema.parse(settings), source);
      return null;
    },
    removeFeed: ({ name }, { source }) => {
      controller.signals.removeFeed(name, source);
      return null;
    },
    backup: ({ dir }, { source }) => {
      if (source === 'command line') return backup(dir);
      const message = 'A backup is made on the command line: npx bitten-desk backup DIR.';
      throw new ContractFailure({ code: 'not_possible', message });
    },
    startPaper: async () => {
      await paper.start();
      return null;
    },
    stopPaper: async () => {
      await paper.stop();
      return null;
    },
    setPaperFault: ({ fault }) => {
      paper.setFault(fault);
      return null;
    },
    dashboardLink: async () => ({ url: await dashboardLink() }),
    openLogFolder: () => callDesktop(desktop?.openLogFolder),
    showCompactTicket: () => callDesktop(desktop?.showCompactTicket),
    testNotification: () => callDesktop(desktop?.testNotification),
    reportProblem: ({ text }) => {
      reportProblem(text);
      return null;
    },
  };
}

function engineSettingsOf(
  before: EngineSettings,
  changes: Partial<Record<keyof EngineSettings, unknown>>,
): EngineSettings {
  return engineSettingsSchema.parse({ ...before, ...withoutUndefined(changes) });
}
