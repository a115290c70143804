import { ContractFailure } from '../api/contractFailure.ts';
import type { Handlers } from '../api/serveApi.ts';
import type { Settings } from '../api/state.ts';
import type { Controller } from '../controller/controller.ts';
import type { PaperBridge } from './paperBridge.ts';

export interface HandlerParts {
  controller: Controller;
  paper: PaperBridge;
  saveSettings: (settings: Settings) => void;
  /** Null: there is no web server. */
  dashboardLink: () => Promise<string | null>;
}

/** What each call of the contract does. */
export function makeHandlers({ controller, paper, saveSettings, dashboardLink }: HandlerParts): Handlers {
  return {
    snapshot: () => controller.snapshot(),
    history: ({ bridge, range }) => controller.history(bridge, range),
    fire: (request, caller) => controller.fire(request, caller.source),
    arm: ({ bridge }) => {
      controller.bridge(bridge).setArmed(true);
      return null;
    },
    disarm: ({ bridge }) => {
      controller.bridge(bridge).setArmed(false);
      return null;
    },
    resumeTrading: ({ bridge }) => {
      const why = controller.bridge(bridge).resumeTrading();
      if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
      return null;
    },
    updateSettings: (changes) => {
      const before = controller.snapshot().state.settings;
      const settings: Settings = {
        confirmOrders: changes.confirmOrders ?? before.confirmOrders,
        theme: changes.theme ?? before.theme,
      };
      saveSettings(settings);
      controller.updateSettings(settings);
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
