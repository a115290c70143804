import { ContractFailure } from '../api/contractFailure.ts';
import {
  defaultEngineSettings,
  defaultFeedSettings,
  type EngineSettings,
  engineSettingsSchema,
  feedSettingsSchema,
} from '../api/state/engines.ts';
import type { Handlers } from '../api/rpc/serveApi.ts';
import type { Controller } from '../controller/controller.ts';
import { datedRates } from '../domain/market/typedRate.ts';
import { portProblem } from '../protocol/ea/portSettings.ts';
import { checkPort } from './machine/checkPort.ts';
import { callDesktop, type DesktopPort } from './servers/desktopPort.ts';
import { withAddresses } from './machine/machineAddresses.ts';
import type { BackupDone } from './folder/makeBackup.ts';
import type { PaperBridge } from './bridges/paperBridge.ts';
import type { SettingsFile } from './config/settingsFile.ts';
import { bridgeSettingsSchema } from '../api/settings/bridgeSettings.ts';
import { settingsSchema } from '../api/settings/appSettings.ts';

export interface HandlerParts {
  controller: Controller;
  paper: PaperBridge;
  settings: Pick<SettingsFile, 'saveApp' | 'saveBridge'>;
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
  const { controller, paper, settings: file, backup, dashboardLink, webPort, desktop, reportProblem } = parts;
  return {
    endSessions: () => {
      parts.endSessions();
      return null;
    },
    snapshot: () => controller.snapshot(),
    history: ({ bridge, ...request }) => controller.bridge(bridge).records.history(request),
    fills: ({ bridge, ...span }) => controller.bridge(bridge).records.fills(span),
    fire: (request, caller) => controller.fire(request, caller.source),
    arm: ({ bridge }, { source }) => {
      controller.bridge(bridge).orderManager.arm(source);
      return null;
    },
    disarm: ({ bridge }, { source }) => {
      controller.bridge(bridge).orderManager.disarm(null, source);
      return null;
    },
    kill: (_, { source }) => {
      controller.kill(source);
      return null;
    },
    release: (_, { source }) => {
      controller.release(source);
      return null;
    },
    acceptAccount: ({ bridge, account }, { source }) => {
      controller.bridge(bridge).orderManager.acceptAccount(account, source);
      return null;
    },
    nameAccount: ({ bridge, name }, { source }) => {
      controller.bridge(bridge).orderManager.identity.namedByPerson(name, source);
      return null;
    },
    rebase: ({ bridge, note }, { source }) => {
      controller.bridge(bridge).orderManager.rebase(source, note);
      return null;
    },
    settle: (request, { source }) => controller.settle(request, source),
    timeline: ({ order, bridge }) => controller.timeline(order, bridge),
    orders: ({ bridge, ...part }) => controller.bridge(bridge).records.orders(part),
    verify: async ({ bridge, ping }) => withAddresses(await controller.bridge(bridge).check.prove(ping)),
    fireProof: (request, { source }) => controller.fireProof(request, source),
    connectionHistory: ({ bridge }) => controller.bridge(bridge).connectionHistory(),
    statistics: ({ bridge, ...filter }) => controller.bridge(bridge).records.statistics(filter),
    xp: ({ bridge, account, limit }) => controller.bridge(bridge).records.xp(account, limit),
    exportPage: ({ bridge, ...part }) => controller.bridge(bridge).records.exportPage(part),
    wire: ({ bridge, after, limit }) => controller.bridge(bridge).wire.page(after, limit),
    wireFrame: ({ bridge, number }) => {
      const frame = controller.bridge(bridge).wire.whole(number);
      if (frame !== null) return frame;
      const message = 'The app no longer keeps this frame: too many came after it.';
      throw new ContractFailure({ code: 'not_found', message });
    },
    updateBridge: ({ bridge: id, changes }, { source }) => {
      const bridge = controller.bridge(id);
      const before = bridgeSettingsSchema.parse(bridge.config);
      const sent = bridgeSettingsSchema.parse({ ...before, ...withoutUndefined(changes) });
      const wanted = { ...sent, typedRates: datedRates(before.typedRates, sent.typedRates, controller.now()) };
      const problem = portProblem(wanted);
      if (problem !== null) throw new ContractFailure({ code: 'invalid_input', message: problem.sentence });
      const { settings, failure } = file.saveBridge(id, before, wanted);
      bridge.configure(settings, source);
      if (failure !== null) throw failure;
      return null;
    },
    resumeTrading: ({ bridge }) => {
      const why = controller.bridge(bridge).resumeTrading();
      if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
      return null;
    },
    acceptSilentEa: ({ bridge }, { source }) => {
      const why = controller.bridge(bridge).acceptSilentEa(source);
      if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
      return null;
    },
    checkPorts: ({ host, ports }) => {
      const own = [...controller.ports(), ...webPort()];
      return Promise.all(ports.map((port) => checkPort(host, port, own)));
    },
    updateSettings: (changes, { source }) => {
      const settings = settingsSchema.parse({ ...controller.snapshot().state.settings, ...withoutUndefined(changes) });
      file.saveApp(settings);
      controller.updateSettings(settings, source);
      return settings;
    },
    addEngine: ({ name, settings }, { source }) => ({
      token: controller.external.engines.registry.add(name, engineSettingsOf(defaultEngineSettings, settings), source),
    }),
    updateEngine: ({ name, changes }, { source }) => {
      const { registry } = controller.external.engines;
      registry.configure(name, engineSettingsOf(registry.get(name).settings, changes), source);
      return null;
    },
    pauseEngine: ({ name }, { source }) => {
      controller.external.engines.registry.pause(name, source);
      return null;
    },
    resumeEngine: ({ name }, { source }) => {
      controller.external.engines.registry.resume(name, source);
      return null;
    },
    removeEngine: ({ name }, { source }) => {
      controller.external.engines.remove(name, source);
      return null;
    },
    fireWaiting: ({ signal, bridge, seen }, { source }) =>
      controller.external.signals.fireWaiting(signal, bridge, source, seen),
    dismissWaiting: ({ signal }) => {
      controller.external.signals.dismiss(signal);
      return null;
    },
    addFeed: (changes, { source }) => {
      const settings = { ...defaultFeedSettings, ...withoutUndefined(changes) };
      controller.external.feeds.add(feedSettingsSchema.parse(settings), source);
      return null;
    },
    removeFeed: ({ name }, { source }) => {
      controller.external.feeds.remove(name, source);
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

/** The keys that a partial input really has. */
function withoutUndefined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
