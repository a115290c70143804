import { InvalidArgumentError, Option } from 'commander';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { type DealGroup, dealGroupings, type DealGroupsRequest, type DealsPage } from '../../api/queries/deals.ts';
import type { ClosedTrade } from '../../domain/positions/deals.ts';
import { openedBy } from '../../api/presentation/openedBy.ts';
import { parseDay, readTyped } from '../config/readTyped.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Register } from './register.ts';
import { type Output, withApp } from './withApp.ts';

interface Flags {
  bridge?: string;
  from?: string;
  to?: string;
  limit: number;
  by?: DealGroupsRequest['by'];
}

/** Prints the closed trades of each bridge's account, the newest first, and the sums of the days. */
async function printDeals(
  client: ApiClient,
  output: Output,
  { bridge: only, from, to, limit, by }: Flags,
): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const bridges = state.bridges.filter(({ id }) => only === undefined || id === only);
  if (only !== undefined && bridges.length === 0) {
    return output.fail(`There is no bridge ${only}. There are: ${state.bridges.map(({ id }) => id).join(', ')}.`);
  }
  const days = { from: from ?? null, to: to ?? null };
  if (by !== undefined) {
    const all = await Promise.all(
      bridges.map(async ({ id }) => ({
        bridge: id,
        groups: await client.call('dealGroups', { bridge: id, ...days, by }),
      })),
    );
    output.print(all, all.flatMap(groupLines).join('\n'));
    return exitCodes.done;
  }
  const pages = await Promise.all(
    bridges.map(async ({ id }) => ({
      bridge: id,
      ...(await client.call('deals', { bridge: id, ...days, before: null, limit })),
    })),
  );
  output.print(pages, pages.flatMap(describe).join('\n'));
  return exitCodes.done;
}

function groupLines({ bridge, groups }: { bridge: string; groups: DealGroup[] }): string[] {
  const head = `${bridge}: ${groups.length === 0 ? 'no deals' : 'net, trades closed, trades won'}`;
  return [
    head,
    ...groups.map(({ name, closed, won, profit, swap, costs }) => {
      const net = (profit + swap + costs).toFixed(2);
      return `  ${name === '' ? 'not known' : name}: ${net}, ${String(closed)}, ${String(won)}`;
    }),
  ];
}

function describe({ bridge, trades, sums, next }: DealsPage & { bridge: string }): string[] {
  const { closed, won, profit, swap, costs } = sums;
  const net = (profit + swap + costs).toFixed(2);
  const head = `${bridge}: ${closed === 1 ? '1 trade' : `${String(closed)} trades`} closed, ${String(won)} won, net ${net} (profit ${profit.toFixed(2)}, swap ${swap.toFixed(2)}, commission and fees ${costs.toFixed(2)})`;
  return [head, ...trades.map(tradeLine), ...(next === null ? [] : ['  … and earlier ones: --limit shows more'])];
}

function tradeLine(trade: ClosedTrade): string {
  const { closedAt, side, lots, symbol, openPrice, closePrice, net, position } = trade;
  const by = openedBy({ source: trade.closedBy, signalId: null, reason: trade.reason, magic: null, comment: '' });
  const opened = openedBy({ ...trade, reason: trade.openReason });
  const prices = `${openPrice === null ? 'unknown' : String(openPrice)} → ${closePrice === null ? 'unknown' : String(closePrice)}`;
  return `  ${new Date(closedAt).toISOString()} ${side} ${String(lots)} ${symbol}, ${prices}, net ${net === null ? 'unknown' : net.toFixed(2)}, position ${position}, opened by ${opened}, closed by ${by}`;
}

/** @throws InvalidArgumentError */
function parseCount(text: string): number {
  const count = readTyped(text);
  if (count === null || !Number.isInteger(count) || count < 1 || count > 500) {
    throw new InvalidArgumentError('Give a whole number from 1 to 500.');
  }
  return count;
}

/** `deals` */
export const register: Register = (program, options) => {
  program
    .command('deals')
    .description("show each account's closed trades after costs, whoever made them")
    .option('--bridge <id>', 'of this bridge alone')
    .option('--from <day>', 'closed on this trading day or later', parseDay)
    .option('--to <day>', 'closed on this trading day or earlier', parseDay)
    .addOption(new Option('--by <what>', 'sums in place of trades').choices(dealGroupings))
    .option('--limit <count>', 'most trades listed', parseCount, 50)
    .action((flags: Flags) => withApp(options(), (client, output) => printDeals(client, output, flags)));
};
