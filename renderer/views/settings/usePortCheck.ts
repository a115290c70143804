import { portFields } from '../../../src/protocol/ea/portSettings.ts';
import { appStore } from '../../store/appStore.ts';
import { useRestingAnswer } from '../../store/useRestingAnswer.ts';
import type { SettingsErrors } from './settingsForm.ts';
import type { BridgeSettings } from '../../../src/api/settings/bridgeSettings.ts';

const none: SettingsErrors = {};

/**
 * Typed ports that another program uses, checked by the app while typed.
 * @param settings null while the form has an error
 */
export function usePortCheck(settings: BridgeSettings | null): SettingsErrors {
  const question =
    settings === null ? null : JSON.stringify([settings.host, portFields.map((field) => settings[field])]);
  return useRestingAnswer(question, ask, none);
}

/** Asks the app; no answer means no error, since the app checks again at its start. */
async function ask(question: string): Promise<SettingsErrors> {
  const [host, typed] = JSON.parse(question) as [string, (number | null)[]];
  const ports = [...new Set(typed.filter((port) => port !== null && port > 0))] as number[];
  const { client } = appStore.getState();
  if (client === null || ports.length === 0) return none;
  try {
    const checked = await client.call('checkPorts', { host, ports });
    const errors: SettingsErrors = {};
    for (const [index, field] of portFields.entries()) {
      const reason = checked.find(({ port }) => port === typed[index])?.reason ?? null;
      if (reason !== null) errors[field] = reason;
    }
    return errors;
  } catch {
    return none;
  }
}
