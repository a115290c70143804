import { useState } from 'react';
import type { CallArguments, CallName, CallOutput } from '../../src/api/contract.ts';
import { ContractFailure } from '../../src/api/contractFailure.ts';
import { appStore } from './appStore.ts';

const notConnected = 'The app is not connected, so nothing was done. Wait until it is back.';

type Answer<Name extends CallName> = { output: CallOutput<Name> } | { text: string; answered: boolean };

/** Calls the app; returns its answer, or the reason of the failure. */
async function tryCall<Name extends CallName>(name: Name, input: CallArguments<Name>): Promise<Answer<Name>> {
  const { client } = appStore.getState();
  if (client === null) return { text: notConnected, answered: true };
  try {
    const output = await client.call(name, input);
    appStore.setState({ banner: null });
    return { output };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { text, answered: !(error instanceof ContractFailure && error.code === 'connection_lost') };
  }
}

/**
 * Calls the app from a control without a place for messages: a failure becomes a banner.
 * @param title what was not done, as a sentence
 * @param advice further next step
 */
export async function callOrTell<Name extends CallName>(
  name: Name,
  input: CallArguments<Name>,
  title: string,
  advice = '',
): Promise<void> {
  const answer = await tryCall(name, input);
  if ('text' in answer) {
    appStore.setState({
      banner: { title: answer.answered ? title : 'No answer came.', text: `${answer.text} ${advice}`.trim() },
    });
  }
}

export interface CallControl {
  busy: boolean;
  /** Why the last call failed; null: it didn't. */
  failure: string | null;
  /** True when it was done. */
  run: <Name extends CallName>(name: Name, input: CallArguments<Name>) => Promise<boolean>;
  /** The app's answer; null: the call failed. */
  ask: <Name extends CallName>(name: Name, input: CallArguments<Name>) => Promise<{ output: CallOutput<Name> } | null>;
}

/** For a form or dialog that shows the failure itself. */
export function useCall(): CallControl {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const ask: CallControl['ask'] = async (name, input) => {
    setBusy(true);
    const answer = await tryCall(name, input);
    setBusy(false);
    setFailure('text' in answer ? answer.text : null);
    return 'text' in answer ? null : answer;
  };
  return { busy, failure, ask, run: async (name, input) => (await ask(name, input)) !== null };
}
