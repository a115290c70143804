import { bridgeSettingsSchema, type BridgeSettings } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { Handlers } from '../api/serveApi.ts';
import type { Settings } from '../api/state.ts';
import type { Controller } from '../controller/controller.ts';
import { needsFeedbackPort } from '../protocol/socketPatterns.ts';
import type { PaperBridge } from './paperBridge.ts';

export interface HandlerParts {
  controller: Controller;
  paper: PaperBridge;
  saveSettings: (settings: Settings) => void;
  saveBridge: (id: string, settings: BridgeSettings) => void;
  /** Null: there is no web server. */
  dashboardLink: () => Promise<string | null>;
}

/** What each call of the contract does. */
export function makeHandlers({ controller, paper, saveSettings, saveBridge, dashboardLink }: HandlerParts): Handlers {
  return {
    snapshot: () => controller.snapshot(),
    history: ({ bridge, range }) => controller.history(bridge, range),
    fire: (request, caller) => controller.fire(request, caller.source),
    arm: ({ bridge }, { source }) => {
      controller.bridge(bridge).trading.arm(source);
      return null;
    },
    disarm: ({ bridge }, { source }) => {
      controller.bridge(bridge).trading.disarm(null, source);
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
      controller.bridge(bridge).trading.acceptAccount(account, source);
      return null;
    },
    nameAccount: ({ bridge, name }, { source }) => {
      controller.bridge(bridge).trading.identity.namedByPerson(name, source);
      return null;
    },
    rebase: ({ bridge, note }, { source }) => {
      controller.bridge(bridge).trading.rebase(source, note);
      return null;
    },
    settle: (request, { source }) => controller.settle(request, source),
    timeline: ({ order }) => controller.timeline(order),
    statistics: ({ bridge, ...filter }) => controller.bridge(bridge).records.statistics(filter),
    xp: ({ bridge, account, limit }) => controller.bridge(bridge).records.xp(account, limit),
    exportPage: ({ bridge, ...part }) => controller.bridge(bridge).records.exportPage(part),
    updateBridge: ({ bridge: id, changes }, { source }) => {
      const bridge = controller.bridge(id);
      const settings = bridgeSettingsSchema.parse({ ...bridge.config, ...withoutUndefined(changes) });
      if (needsFeedbackPort(settings)) {
        const message = 'Feedback by REQ and REP needs a port of its own: set the port for feedback as well.';
        throw new ContractFailure({ code: 'invalid_input', message });
      }
      saveBridge(id, settings);
      bridge.configure(settings, source);
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
    updateSettings: (changes, { source }) => {
      const before = controller.snapshot().state.settings;
      const settings: Settings = {
        theme: changes.theme ?? before.theme,
      };
      saveSettings(settings);
      controller.updateSettings(settings, source);
      return settings;
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
  };
}

/** The keys that a partial input really has. */
function withoutUndefined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}
