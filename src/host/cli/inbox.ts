import { parseNumber, parseSeconds } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import { seenTradeWords } from '../../api/presentation/changeWords.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { WaitingSignal } from '../../api/state/engines.ts';
import type { SeenOrder } from '../../domain/orders/seen.ts';
import { askYes, atTerminal, show } from './askPerson.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { describeOrder, fireAndWait } from './fire.ts';
import { type Output, withApp } from './withApp.ts';
import { isChange, isClose } from '../../domain/tradeTerms.ts';

async function listInbox(client: ApiClient, output: Output): Promise<ExitCode> {
  const { at, state } = await client.call('snapshot', null);
  const { waiting } = state;
  const lines = waiting.length === 0 ? ['No signal waits.'] : waiting.map((signal) => describe(signal, at));
  output.print({ waiting }, lines.join('\n'));
  return exitCodes.done;
}

/** Fires a waiting signal and waits for the result. At a terminal the order is shown first and must be confirmed. */
async function fireWaiting(
  client: ApiClient,
  output: Output,
  signal: number,
  flags: { bridge?: string; wait?: number; yes?: boolean },
): Promise<ExitCode> {
  for (;;) {
    const { at, state } = await client.call('snapshot', null);
    const waits = state.waiting.find(({ number }) => number === signal);
    const asks = waits !== undefined && !isClose(waits.action) && flags.yes !== true && atTerminal();
    if (asks) {
      show(describe(waits, at));
      if (!(await askYes('Fire it so?'))) return output.fail('Nothing was fired.');
    }
    const bridge = flags.bridge ?? null;
    const fire = () => client.call('fireWaiting', { signal, bridge, seen: seenIn(waits, bridge) });
    const { code, order } = await fireAndWait(client, output, waits?.signalId ?? String(signal), fire, flags.wait);
    if (asks && order?.refusal?.code === 'changed') {
      show(describeOrder(order));
      continue;
    }
    if (order !== null) output.print(order, describeOrder(order));
    return code;
  }
}

/** The order as it is shown; it leaves exactly so or not at all. @param on bridge, when the signal names none */
function seenIn(waits: WaitingSignal | undefined, on: string | null): SeenOrder | null {
  const bridge = waits?.bridge ?? on;
  const planned = waits?.planned ?? null;
  if (waits === undefined || planned === null || bridge === null || isChange(waits.action)) return null;
  return { bridge, action: waits.action, symbol: waits.symbol, ...planned };
}

async function dismissWaiting(client: ApiClient, output: Output, signal: number): Promise<ExitCode> {
  await client.call('dismissWaiting', { signal });
  output.print({ signal, dismissed: true }, `Signal ${String(signal)} is dismissed.`);
  return exitCodes.done;
}

function describe(
  {
    number,
    source,
    bridge,
    signalId,
    asked,
    change,
    planned,
    note,
    problem,
    obstacle,
    refused,
    expiresAt,
  }: WaitingSignal,
  now: number,
): string {
  const left = Math.max(0, Math.round((expiresAt - now) / 1_000));
  const where = bridge === null ? 'bridge to be said' : `bridge ${bridge}`;
  const plan =
    planned === null
      ? null
      : `now ${String(planned.lot)} lots, SL ${String(planned.sl)}, TP ${String(planned.tp)} (${planned.stopUnit ?? 'no unit'}), ${priceWords(planned)}`;
  const ago = Math.max(0, Math.round((now - (refused?.at ?? now)) / 1_000));
  const tried = refused === null ? null : `refused ${String(ago)} s ago: ${refused.reason}`;
  const stopped = obstacle === null ? null : `would be refused now: ${obstacle.reason} ${obstacle.nextStep}`;
  const seen = change === null ? null : `it is ${seenTradeWords(change.before, plain)}`;
  const more = [plan, seen, note, problem === obstacle?.reason ? null : problem, stopped, tried]
    .filter((text) => text !== null)
    .map((text) => `\n   ${text}`);
  return `${String(number)}  ${signalId} of ${source}, ${where}: ${asked}; ${String(left)} s left${more.join('')}`;
}

const plain = { formatLots: String, formatPlain: String };

function priceWords({ account, price }: NonNullable<WaitingSignal['planned']>): string {
  const at = price === null ? 'no price' : `bid ${String(price.bid)}, ask ${String(price.ask)}`;
  return `${at}, account ${account ?? 'not named'}`;
}

/** `inbox` */
export const register: Register = (program, options) => {
  const inbox = program.command('inbox').description('signals that wait for a person');

  inbox
    .command('list')
    .description('show them, each with its number')
    .action(() => withApp(options(), listInbox));

  inbox
    .command('fire')
    .description('fire one; exit codes as of "fire"')
    .argument('<number>', 'its number', parseNumber)
    .option('--bridge <id>', 'which bridge, where the signal names none')
    .option('--wait <seconds>', 'how long to wait for the result', parseSeconds)
    .option('--yes', 'fire what the list shows at this moment, without a question at a terminal')
    .action((number: number, flags: { bridge?: string; wait?: number; yes?: boolean }) =>
      withApp(options(), (client, output) => fireWaiting(client, output, number, flags)),
    );

  inbox
    .command('dismiss')
    .description('dismiss one')
    .argument('<number>', 'its number', parseNumber)
    .action((number: number) => withApp(options(), (client, output) => dismissWaiting(client, output, number)));
};
