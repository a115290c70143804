import { Option } from 'commander';
import { signalActions } from '../../domain/tradeTerms.ts';
import { parseExpiry, parseNumber, parseSeconds } from '../config/readTyped.ts';
import { onceEach } from './onceEach.ts';
import type { Register } from './register.ts';
import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { FireRequest } from '../../api/contract.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { followState } from '../../api/rpc/followState.ts';
import { uncheckedWords } from '../../domain/orders/unchecked.ts';
import { changeWords } from '../../api/presentation/changeWords.ts';
import { kindOfEntry, priceOfEntry } from '../../api/presentation/entryWords.ts';
import { nextStepOf } from '../../api/presentation/nextStepOf.ts';
import { asSentence } from '../../base/asSentence.ts';
import { type Order, type OrderState, tradedDiffers } from '../../domain/orders/order.ts';
import { type EntryKind, entryKinds, type Expiry, type PendingEntry } from '../../domain/orders/pendingEntry.ts';
import { isSameOrder } from '../../domain/orders/orderRef.ts';
import { seenNow } from '../../api/presentation/seenNow.ts';
import { generateSignalId, signalIdRandomBytes } from '../../domain/signalId.ts';
import { askYes, atTerminal, show } from './askPerson.ts';
import { askStopLoss } from './askStopLoss.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';
import { allSymbols, closeFields, isChange, isClose, type SignalAction } from '../../domain/tradeTerms.ts';

interface FireArguments {
  action: SignalAction;
  symbol?: string;
  lot: number;
  /** False: `--no-sl`. Undefined: left out, so that a person is asked for it. */
  sl?: number | false;
  tp: number;
  entry: 'market' | EntryKind;
  price?: number;
  limit?: number;
  /** Epoch ms, or a name of MT5's. */
  until?: Expiry;
  bridge?: string;
  id?: string;
  /** Seconds. */
  wait?: number;
  /** Unknown orders to trade beside. */
  confirm?: string[];
  /** The earlier order to repeat within the duplicate window. */
  repeat?: string;
}

/**
 * Longest wait for a result, s. The app decides within ten seconds; a little more, so that the app is the one to
 * report "unknown".
 */
const defaultWaitSeconds = 15;

const codes: Record<OrderState, ExitCode> = {
  filled: exitCodes.filled,
  // Done as far as it can be: it waits for its price.
  placed: exitCodes.filled,
  cancelled: exitCodes.rejected,
  refused: exitCodes.refused,
  rejected: exitCodes.rejected,
  unknown: exitCodes.unknown,
  // Still without a result when the time is up: nobody knows yet.
  sent: exitCodes.unknown,
};

/** Fires once and waits for the result. */
async function fire(client: ApiClient, output: Output, flags: FireArguments): Promise<ExitCode> {
  const entry = entryOf(flags);
  if (typeof entry === 'string') return output.fail(entry);
  const symbol = flags.symbol ?? (flags.action === 'close_all' ? allSymbols : '');
  // A person who is asked sees account, unit and price first, and they travel with the order. A complete command shows nothing.
  const asks = !isClose(flags.action) && !(flags.sl === false || (flags.sl ?? 0) !== 0) && atTerminal();
  let seen = asks ? await showGround(client, flags, symbol) : undefined;
  const sl = isClose(flags.action) ? 0 : await stopLossOf(flags.sl);
  if (sl === null) return output.fail(sayStop);
  const stops = isClose(flags.action) ? closeFields : { lot: flags.lot, sl, tp: flags.tp };
  for (;;) {
    // The ID is made here, so that an order whose answer is lost can be named.
    const signalId = flags.id ?? generateSignalId(symbol, randomBytes(signalIdRandomBytes));
    const order = { bridge: flags.bridge ?? null, action: flags.action, symbol, signalId, ...stops };
    const request = {
      ...order,
      confirmed: flags.confirm ?? [],
      ...(flags.repeat === undefined ? {} : { repeats: flags.repeat }),
      ...(seen === undefined ? {} : { seen }),
      ...(entry === null ? {} : { entry }),
    };
    const fired = await fireAndWait(client, output, signalId, () => client.call('fire', request), flags.wait);
    if (seen !== undefined && fired.order?.refusal?.code === 'changed') {
      show(describeOrder(fired.order));
      seen = await showGround(client, flags, symbol);
      if (await askYes(`Fire it with a stop loss of ${sl === 0 ? 'none' : String(sl)}?`)) continue;
    }
    if (fired.order !== null) output.print(fired.order, describeOrder(fired.order));
    return fired.code;
  }
}

/** What a pending order waits for; null: at the market. A text: why nothing is fired. */
function entryOf({ action, entry: kind, price, limit, until }: FireArguments): PendingEntry | string | null {
  const isPending = kind !== 'market';
  if (!isPending && (price !== undefined || limit !== undefined || until !== undefined))
    return 'Nothing was fired: --price, --limit and --until belong to --entry limit, stop or stop_limit.';
  if (!isPending) return null;
  if (isClose(action)) return 'Nothing was fired: a close has no --entry.';
  if (price === undefined) return `Nothing was fired: --entry ${kind} needs --price.`;
  if ((kind === 'stop_limit') !== (limit !== undefined))
    return 'Nothing was fired: --limit belongs to --entry stop_limit, which needs it.';
  return { kind, price, limitPrice: limit ?? null, until: until ?? 'gtc' };
}

/** Shows account, stop unit and price, and returns them to travel with the order. Undefined: no such bridge, as the app will say. */
async function showGround(client: ApiClient, flags: FireArguments, symbol: string): Promise<FireRequest['seen']> {
  const { action, bridge: named, lot, tp } = flags;
  const entry = entryOf(flags);
  const { state } = await client.call('snapshot', null);
  const [first, second] = state.bridges;
  const only = second === undefined ? first : undefined;
  const bridge = named === undefined ? only : state.bridges.find(({ id }) => id === named);
  if (bridge === undefined) return undefined;
  const seen = seenNow(bridge, state.quotes[bridge.id] ?? [], symbol);
  const price = seen.price === null ? 'no price' : `bid ${String(seen.price.bid)}, ask ${String(seen.price.ask)}`;
  const unit = seen.stopUnit === null ? 'unit not set' : `stops in ${seen.stopUnit === 'price' ? 'prices' : 'points'}`;
  const waits = typeof entry === 'string' ? null : entry;
  const what = `${action}${kindOfEntry(waits)} ${String(lot)} lots ${symbol}${priceOfEntry(waits, String)}, TP ${String(tp)}`;
  show(`${what}, on bridge ${bridge.id} (${unit}), account ${seen.account ?? 'not named'}: ${price}.`);
  return seen;
}

const sayStop =
  'Nothing was fired: the stop loss is missing. Say --sl with a number above 0 in the unit of the bridge, or --no-sl for none.';

/** The stop loss; a missing one, or 0, is asked for at a terminal: only `--no-sl` means none. Null: there was no answer. */
async function stopLossOf(said: number | false | undefined): Promise<number | null> {
  if (said === false) return 0;
  return said !== undefined && said !== 0 ? said : askStopLoss();
}

/** Fires once. The order is null, with a message printed, when the app ended before it answered. */
export async function fireAndWait(
  client: ApiClient,
  output: Output,
  signalId: string,
  fireOnce: () => Promise<Order>,
  waitSeconds = defaultWaitSeconds,
): Promise<{ code: ExitCode; order: Order | null }> {
  try {
    const order = await fireOnce();
    const settled = order.state === 'sent' ? await waitForResult(client, order, waitSeconds * 1000) : order;
    return { code: codes[settled.state], order: settled };
  } catch (error) {
    if (!(error instanceof ContractFailure) || error.code !== 'connection_lost') throw error;
    output.fail(`Order ${signalId} is unknown: the app ended before it answered. Look in MT5 before you fire again.`);
    return { code: exitCodes.unknown, order: null };
  }
}

/** The order once it is no longer `sent`, or as it is when the time is up or the app ends. */
function waitForResult(client: ApiClient, order: Order, limitMs: number): Promise<Order> {
  return new Promise((resolve) => {
    let last = order;
    const finish = (): void => {
      clearTimeout(timer);
      unfollow();
      resolve(last);
    };
    const timer = setTimeout(finish, limitMs);
    const unfollow = followState(client, {
      onState: ({ orders }) => {
        last = orders.find((each) => isSameOrder(each, order)) ?? last;
        if (last.state !== 'sent') finish();
      },
      onFailure: finish,
    });
    client.onClose(finish);
  });
}

/** The outcome of an order, in one line. */
export function describeOrder(order: Order): string {
  const unchecked = uncheckedWords(order.unchecked);
  return order.state === 'refused' || unchecked === '' ? outcomeOf(order) : `${outcomeOf(order)} [${unchecked}]`;
}

function actionOf({ action, lot, change = null, entry = null }: Order): string {
  if (change === null) return `${action}${kindOfEntry(entry)} ${String(lot)}${priceOfEntry(entry, String)}`;
  return `"${changeWords(change, { formatLots: String, formatPlain: String })}"`;
}

function outcomeOf(order: Order): string {
  const what = `${actionOf(order)} ${order.symbol} ${order.signalId}`;
  switch (order.state) {
    case 'refused':
      return `refused (${order.refusal?.code ?? ''}) ${what}: ${order.refusal?.reason ?? ''} ${order.refusal?.nextStep ?? ''}`;
    case 'filled':
      if (isChange(order.action)) return `done ${what}${dealWords(order)}`;
      return `filled ${what}: ticket ${order.ticket ?? 'none'}, price ${String(order.price ?? 'none')}${tradedDiffers(order) ? `, ${String(order.tradedLot)} lots traded` : ''}${order.unverified ? ' (unverified)' : ''}${order.message === null ? '' : `, ${order.message}`}`;
    case 'placed':
      return `placed ${what}: order ${order.ticket ?? 'none'}`;
    case 'cancelled':
      return `cancelled ${what}: ${order.message ?? ''}`;
    case 'rejected':
      return `rejected ${what}: ${asSentence(order.message ?? '')} ${nextStepOf(order) ?? ''}`.trim();
    case 'unknown':
      return `unknown ${what}: ${order.message ?? ''}`;
    case 'sent':
      return `sent ${what}: no result yet; look at it with "npx bitten-desk status" or in the dashboard`;
  }
}

/** Price and lots of what a change closed; empty: it closed nothing, or the EA does not say. */
function dealWords({ price, tradedLot, message }: Order): string {
  const said = [
    tradedLot === null ? '' : `${String(tradedLot)} lots`,
    price === null ? '' : `at ${String(price)}`,
    message ?? '',
  ].filter((part) => part !== '');
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

/** `fire` */
export const register: Register = (program, options) => {
  const fireCommand = program
    .command('fire')
    .description('fire an order; exit code 0 filled or placed, 2 refused, 3 rejected, 4 unknown, 5 app not reached')
    .option('--symbol <symbol>', 'as Market Watch shows it (not needed for close_all)')
    .addOption(new Option('--action <action>', 'what to do').choices(signalActions).makeOptionMandatory())
    .option('--lot <lots>', 'lots (not needed to close)', parseNumber, 0.01)
    .option('--sl <stop>', "stop loss in the bridge's unit; a buy or sell needs this or --no-sl", parseNumber)
    .option('--no-sl', 'no stop loss')
    .option('--tp <stop>', "take profit in the bridge's unit, 0 for none", parseNumber, 0)
    .addOption(
      new Option('--entry <kind>', 'market, or a pending order').choices(['market', ...entryKinds]).default('market'),
    )
    .option('--price <price>', 'price of a pending order', parseNumber)
    .option('--limit <price>', 'price of the limit order of a stop_limit', parseNumber)
    .option('--until <expiry>', 'gtc (until cancelled), day, or a time with its zone: 2026-12-01T18:00Z', parseExpiry)
    .option('--bridge <id>', 'which bridge; the only one when left out')
    .option('--id <id>', 'signal ID; generated when left out')
    .option('--wait <seconds>', 'how long to wait for the result', parseSeconds)
    .option('--confirm <id...>', 'signal IDs of unknown orders in the symbol, to trade all the same')
    .option('--repeat <id>', 'signal ID of the same order fired a moment ago, to fire it again all the same')
    .action((flags: FireArguments) => withApp(options(), (client, output) => fire(client, output, flags)));
  // commander would take the last of two; which of two amounts or stops was meant is not known.
  onceEach(fireCommand, ['confirm']);
};
