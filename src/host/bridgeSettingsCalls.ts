import type { CallInput } from '../api/contract.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { Handlers } from '../api/rpc/serveApi.ts';
import { bridgeSettingsSchema } from '../api/settings/bridgeSettings.ts';
import { asError } from '../base/guard.ts';
import { withoutUndefined } from '../base/withoutUndefined.ts';
import type { Controller } from '../controller/controller.ts';
import { datedRates } from '../domain/market/typedRate.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import { portProblem } from '../protocol/ea/portSettings.ts';
import type { SettingsFile } from './config/settingsFile.ts';
import { whyNotOwnEa } from './mt5/eaRefusals.ts';

type BridgeSettingsHandlers = Pick<Handlers, 'updateBridge' | 'setOwnEa'>;

/** Handlers of the calls that change a bridge's settings: in the file, at the bridge, and at its command port. */
export function bridgeSettingsCalls(
  controller: Controller,
  file: Pick<SettingsFile, 'saveBridge'>,
): BridgeSettingsHandlers {
  /** @throws ContractFailure */
  const changeBridge = (id: string, changes: CallInput<'updateBridge'>['changes'], by: PersonSource): void => {
    const bridge = controller.bridge(id);
    const before = bridgeSettingsSchema.parse(bridge.setByPerson);
    const sent = bridgeSettingsSchema.parse({ ...before, ...withoutUndefined(changes) });
    const wanted = { ...sent, typedRates: datedRates(before.typedRates, sent.typedRates, controller.now()) };
    const problem = portProblem(wanted);
    if (problem !== null) throw new ContractFailure({ code: 'invalid_input', message: problem.sentence });
    const { settings, failure } = file.saveBridge(id, before, wanted);
    bridge.configure(settings, by);
    if (failure !== null) throw failure;
  };
  /** Where an order may be on its way the port stays as it is until the next start. */
  const rebindWhereFree = async (id: string): Promise<void> => {
    const bridge = controller.bridge(id);
    if (whyNotOwnEa(controller.snapshot().state, bridge.state()) !== null) return;
    try {
      await bridge.rebindCommand();
    } catch (error) {
      const message = `The setting is saved, but the EA can't connect: ${asError(error).message}`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
  };
  return {
    updateBridge: async ({ bridge, changes }, { source }) => {
      const before = controller.bridge(bridge).config.eaKind;
      changeBridge(bridge, changes, source);
      if (controller.bridge(bridge).config.eaKind !== before) await rebindWhereFree(bridge);
      return null;
    },
    setOwnEa: async ({ bridge }, { source }) => {
      const why = whyNotOwnEa(controller.snapshot().state, controller.bridge(bridge).state());
      if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
      changeBridge(bridge, { eaKind: 'bitten' }, source);
      await rebindWhereFree(bridge);
      return null;
    },
  };
}
