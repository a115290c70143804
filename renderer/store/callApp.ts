import { useState } from 'react';
import type { CallArguments, CallName } from '../../src/api/contract.ts';
import { ContractFailure } from '../../src/api/contractFailure.ts';
import { appStore } from './appStore.ts';

const notConnected = 'The app is not connected, so nothing was done. Wait until it is back.';

/** Null when it was done, else why not. */
async function tryCall<Name extends CallName>(
  name: Name,
  input: CallArguments<Name>,
): Promise<{ text: string; answered: boolean } | null> {
  const { client } = appStore.getState();
  if (client === null) return { text: notConnected, answered: true };
  try {
    await client.call(name, input);
    appStore.setState({ trouble: null });
    return null;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { text, answered: !(error instanceof ContractFailure && error.code === 'connection_lost') };
  }
}

/**
 * For a control that has no place for words of its own: a failure becomes a notice.
 * @param title what was not done, as a sentence
 * @param advice what else a person can do then
 */
export async function callOrTell<Name extends CallName>(
  name: Name,
  input: CallArguments<Name>,
  title: string,
  advice = '',
): Promise<void> {
  const failure = await tryCall(name, input);
  if (failure !== null) {
    appStore.setState({
      trouble: { title: failure.answered ? title : 'No answer came.', text: `${failure.text} ${advice}`.trim() },
    });
  }
}

export interface CallControl {
  busy: boolean;
  /** Why the last call was not done. */
  failure: string | null;
  /** True when it was done. */
  run: <Name extends CallName>(name: Name, input: CallArguments<Name>) => Promise<boolean>;
}

/** For a form or dialog that shows the failure itself. */
export function useCall(): CallControl {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  return {
    busy,
    failure,
    run: async (name, input) => {
      setBusy(true);
      const failed = await tryCall(name, input);
      setBusy(false);
      setFailure(failed?.text ?? null);
      return failed === null;
    },
  };
}
