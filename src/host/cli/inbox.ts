import type { ApiClient } from '../../api/connectApi.ts';
import type { WaitingSignal } from '../../api/engines.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { describeOrder, fireAndWait } from './fire.ts';
import type { Output } from './withApp.ts';

export async function listInbox(client: ApiClient, output: Output): Promise<ExitCode> {
  const { at, state } = await client.call('snapshot', null);
  const { waiting } = state;
  const lines = waiting.length === 0 ? ['No signal waits.'] : waiting.map((signal) => describe(signal, at));
  output.print({ waiting }, lines.join('\n'));
  return exitCodes.done;
}

/** Takes a signal up, and waits for what becomes of it. */
export async function fireWaiting(
  client: ApiClient,
  output: Output,
  signal: number,
  flags: { bridge?: string; wait?: number },
): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const waits = state.waiting.find(({ number }) => number === signal);
  const signalId = waits?.signalId ?? String(signal);
  // What the list says at this moment is what leaves, or nothing does.
  const bridge = waits?.bridge ?? flags.bridge ?? null;
  const seen =
    waits === undefined || waits.planned === null || bridge === null
      ? null
      : { bridge, action: waits.action, symbol: waits.symbol, ...waits.planned };
  const fire = () => client.call('fireWaiting', { signal, bridge: flags.bridge ?? null, seen });
  const { code, order } = await fireAndWait(client, output, signalId, fire, flags.wait);
  if (order !== null) output.print(order, describeOrder(order));
  return code;
}

export async function dismissWaiting(client: ApiClient, output: Output, signal: number): Promise<ExitCode> {
  await client.call('dismissWaiting', { signal });
  output.print({ signal, dismissed: true }, `Signal ${String(signal)} is dismissed.`);
  return exitCodes.done;
}

function describe(
  { number, source, bridge, signalId, asked, planned, note, problem, expiresAt }: WaitingSignal,
  now: number,
): string {
  const left = Math.max(0, Math.round((expiresAt - now) / 1_000));
  const where = bridge === null ? 'bridge to be said' : `bridge ${bridge}`;
  const plan =
    planned === null
      ? null
      : `now ${String(planned.lot)} lots, SL ${String(planned.sl)}, TP ${String(planned.tp)} (${planned.stopUnit ?? 'no unit'})`;
  const more = [plan, note, problem].filter((text) => text !== null).map((text) => `\n   ${text}`);
  return `${String(number)}  ${signalId} of ${source}, ${where}: ${asked}; ${String(left)} s left${more.join('')}`;
}
