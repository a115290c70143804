import type { Register } from './register.ts';
import { openedByInFull } from '../../api/presentation/openedBy.ts';
import { untoldTrades } from '../../api/presentation/untoldTrades.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { BridgeState } from '../../api/state/state.ts';
import type { OpenPosition, PendingOrder } from '../../domain/positions/openTrades.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';

type Listed = 'positions' | 'orders';

/** Prints what each bridge's account has open, as its EA has listed it. */
async function printOpen(client: ApiClient, output: Output, kind: Listed, only: string | undefined): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const bridges = state.bridges.filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && bridges.length === 0) {
    return output.fail(`There is no bridge ${only}. There are: ${state.bridges.map(({ id }) => id).join(', ')}.`);
  }
  output.print(
    bridges.map(({ id, openTrades }) => ({
      bridge: id,
      [kind]: openTrades[kind],
      at: kind === 'positions' ? openTrades.positionsAt : openTrades.ordersAt,
      isCurrent: openTrades.isCurrent,
    })),
    bridges.flatMap((bridge) => describe(bridge, kind)).join('\n'),
  );
  return exitCodes.done;
}

function describe(bridge: BridgeState, kind: Listed): string[] {
  const { id, openTrades } = bridge;
  const list = openTrades[kind];
  const at = kind === 'positions' ? openTrades.positionsAt : openTrades.ordersAt;
  if (list === null || at === null) return [`${id}: ${untoldTrades(bridge)}`];
  const when = new Date(at).toISOString();
  const head = `${id}: ${list.length === 0 ? 'nothing' : String(list.length)} ${kind === 'positions' ? 'open' : 'pending'}, by the list of ${when}`;
  return [
    `${head}${openTrades.isCurrent ? '' : ', the last known one: the EA is not connected'}`,
    ...(kind === 'positions'
      ? (openTrades.positions ?? []).map(positionLine)
      : (openTrades.orders ?? []).map(orderLine)),
  ];
}

function positionLine(position: OpenPosition): string {
  const { side, lots, symbol, price, sl, tp, profit, swap } = position;
  const told = [
    `  ${position.position} ${side} ${String(lots)} ${symbol}`,
    price === null ? '' : `at ${String(price)}`,
    stopWords('stop', sl),
    stopWords('target', tp),
    profit === null ? '' : `P/L ${profit.toFixed(2)}`,
    swap === null ? '' : `swap ${swap.toFixed(2)}`,
    `opened by ${openedByInFull(position)}`,
  ];
  return told.filter((part) => part !== '').join(', ');
}

function orderLine(order: PendingOrder): string {
  const { side, kind, lots, symbol, price, limitPrice, sl, tp, until } = order;
  const told = [
    `  ${order.order} ${side ?? ''} ${kind.replace('_', ' ')} ${String(lots)} ${symbol}`,
    price === null || price === 0 ? '' : `at ${String(price)}`,
    limitPrice === null || limitPrice === 0 ? '' : `limit ${String(limitPrice)}`,
    stopWords('stop', sl),
    stopWords('target', tp),
    until === null
      ? ''
      : until === 0
        ? 'until cancelled'
        : `until ${new Date(until * 1000).toISOString().slice(0, 16)} broker's time`,
    `placed by ${openedByInFull(order)}`,
  ];
  return told.filter((part) => part !== '').join(', ');
}

function stopWords(name: string, price: number | null): string {
  if (price === null) return '';
  return price === 0 ? `no ${name}` : `${name} ${String(price)}`;
}

/** `positions` and `orders` */
export const register: Register = (program, options) => {
  const texts: Record<Listed, string> = {
    positions: "show each account's open positions, whoever opened them",
    orders: "show each account's pending orders, whoever placed them",
  };
  for (const kind of ['positions', 'orders'] as const) {
    program
      .command(kind)
      .description(texts[kind])
      .option('--bridge <id>', 'of this bridge alone')
      .action(({ bridge }: { bridge?: string }) =>
        withApp(options(), (client, output) => printOpen(client, output, kind, bridge)),
      );
  }
};
