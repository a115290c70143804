import { randomBytes } from 'node:crypto';
import { parseNumber, parseSeconds } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { shownAccount } from '../../api/presentation/shownAccount.ts';
import type { BridgeState } from '../../api/state/state.ts';
import type { OrderChange, SeenTrade } from '../../domain/orders/orderChange.ts';
import { seenPending, seenPosition } from '../../domain/positions/seenTrades.ts';
import { generateSignalId, signalIdRandomBytes } from '../../domain/signalId.ts';
import type { ExitCode } from './exitCodes.ts';
import { describeOrder, fireAndWait } from './fire.ts';
import { onceEach } from './onceEach.ts';
import { type Output, withApp } from './withApp.ts';

interface Flags {
  bridge?: string;
  id?: string;
  /** Seconds. */
  wait?: number;
}

/** A position or pending order of a bridge, as its EA has listed it. */
interface Found {
  bridge: BridgeState;
  seen: SeenTrade;
  what: 'position' | 'order';
}

/** Sends a change once and waits for its result. */
async function send(
  client: ApiClient,
  output: Output,
  { bridge, seen }: Found,
  change: OrderChange,
  { id, wait, away = false }: Flags & { away?: boolean },
): Promise<ExitCode> {
  const signalId = id ?? generateSignalId(seen.symbol, randomBytes(signalIdRandomBytes));
  const request = { bridge: bridge.id, change, seen, account: shownAccount(bridge), away, signalId };
  const { code, order } = await fireAndWait(client, output, signalId, () => client.call('change', request), wait);
  if (order !== null) output.print(order, describeOrder(order));
  return code;
}

/** The position or pending order with a number; a text: why there is none. */
async function find(client: ApiClient, ticket: string, { bridge: only }: Flags): Promise<Found | string> {
  const { state } = await client.call('snapshot', null);
  const bridges = state.bridges.filter(({ id }) => only === undefined || id === only);
  const found = bridges.flatMap((bridge): Found[] => {
    const { positions, orders } = bridge.openTrades;
    const position = positions?.find((each) => each.position === ticket);
    const order = orders?.find((each) => each.order === ticket);
    return [
      ...(position === undefined ? [] : [{ bridge, seen: seenPosition(position), what: 'position' as const }]),
      ...(order === undefined ? [] : [{ bridge, seen: seenPending(order), what: 'order' as const }]),
    ];
  });
  const [first, second] = found;
  if (first === undefined) {
    return `No position or pending order ${ticket} is listed${only === undefined ? '' : ` on bridge ${only}`}. Look with "positions" and "orders".`;
  }
  return second === undefined ? first : `Several bridges have ${ticket}. Say which one with --bridge.`;
}

type Making = (found: Found) => OrderChange | string;

async function change(
  client: ApiClient,
  output: Output,
  ticket: string,
  flags: Flags & { away?: boolean },
  make: Making,
): Promise<ExitCode> {
  const found = await find(client, ticket, flags);
  if (typeof found === 'string') return output.fail(`Nothing was sent. ${found}`);
  const made = make(found);
  return typeof made === 'string' ? output.fail(`Nothing was sent. ${made}`) : send(client, output, found, made, flags);
}

interface StopFlags {
  /** False: `--no-sl`. */
  sl?: number | false;
  tp?: number | false;
  price?: number;
  limit?: number;
}

/** A change of stops and prices; what is left out stays. */
function modification(
  ticket: string,
  { sl, tp, price, limit }: StopFlags,
  { seen, what }: Found,
): OrderChange | string {
  const stop = (asked: number | false | undefined, present: number | null): number | null =>
    asked === false ? 0 : (asked ?? present);
  const [nextSl, nextTp] = [stop(sl, seen.sl), stop(tp, seen.tp)];
  if (nextSl === null) return 'The EA does not tell its stop loss: say --sl or --no-sl.';
  if (nextTp === null) return 'The EA does not tell its take profit: say --tp or --no-tp.';
  if (what === 'position') {
    return price === undefined && limit === undefined
      ? { action: 'modify_position', position: ticket, sl: nextSl, tp: nextTp }
      : 'A position has no price to change, only stops.';
  }
  const at = price ?? seen.price;
  if (at === null) return 'The EA does not tell its price: say --price.';
  const stops = { sl: nextSl, tp: nextTp };
  return { action: 'modify_order', order: ticket, price: at, limitPrice: limit ?? null, ...stops, until: null };
}

/** `close`, `modify` and `cancel` */
export const register: Register = (program, options) => {
  const close = program
    .command('close <position>')
    .description('close a position by its number, or a part of it; exit codes as of fire')
    .option('--lot <lots>', 'this many lots of it; all of it when left out', parseNumber)
    .option('--by <position>', 'by an opposite position of its symbol, on hedging accounts')
    .action((ticket: string, flags: Flags & { lot?: number; by?: string }) =>
      withApp(options(), (client, output) =>
        change(client, output, ticket, flags, ({ what }) => {
          if (what === 'order') return `${ticket} is a pending order: it is cancelled, not closed.`;
          if (flags.by === undefined) return { action: 'close_position', position: ticket, lot: flags.lot ?? null };
          return flags.lot === undefined
            ? { action: 'close_by', position: ticket, by: flags.by }
            : 'Say --lot or --by, not both.';
        }),
      ),
    );
  const modify = program
    .command('modify <number>')
    .description('move the stops of a position, or the price and stops of a pending order; what is left out stays')
    .option('--sl <price>', 'stop loss, as a price', parseNumber)
    .option('--no-sl', 'no stop loss')
    .option('--tp <price>', 'take profit, as a price', parseNumber)
    .option('--no-tp', 'no take profit')
    .option('--price <price>', 'price of a pending order', parseNumber)
    .option('--limit <price>', 'limit price of a stop-limit order', parseNumber)
    .option('--away', 'the stop loss may move away from the price')
    .action((ticket: string, flags: Flags & StopFlags & { away?: boolean }) =>
      withApp(options(), (client, output) =>
        change(client, output, ticket, flags, (found) => modification(ticket, flags, found)),
      ),
    );
  const cancel = program
    .command('cancel <order>')
    .description('delete a pending order by its number')
    .action((ticket: string, flags: Flags) =>
      withApp(options(), (client, output) =>
        change(client, output, ticket, flags, ({ what }) =>
          what === 'order'
            ? { action: 'cancel_order', order: ticket }
            : `${ticket} is a position: it is closed, not cancelled.`,
        ),
      ),
    );
  for (const command of [close, modify, cancel]) {
    command
      .option('--bridge <id>', 'which bridge; needed where several have this number')
      .option('--id <id>', 'signal ID; generated when left out')
      .option('--wait <seconds>', 'how long to wait for the result', parseSeconds);
    onceEach(command);
  }
};
