import { useState, type ReactElement } from 'react';
import { closedTradesCsv } from '../../../../src/api/presentation/closedTradeColumns.ts';
import { untoldTrades } from '../../../../src/api/presentation/untoldTrades.ts';
import type { DealsPage, DealsPageRequest } from '../../../../src/api/queries/deals.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { ClosedTrade } from '../../../../src/domain/positions/deals.ts';
import { tradingDay } from '../../../../src/domain/tradingDay.ts';
import type { ApiClient } from '../../../../src/api/rpc/connectApi.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { formatChange, formatNumber } from '../../../format.ts';
import { DayRange } from '../../../shared/dayRange.tsx';
import { digitsOf, instrumentOf } from '../../../shared/symbolContext.ts';
import { appStore } from '../../../store/appStore.ts';
import { useNow } from '../../../store/hooks.ts';
import { type DayFilter, type Days, daysOf } from '../../../store/orderFilter.ts';
import { unwaited } from '../../../store/unwaited.ts';
import { useRepeated } from '../../../store/useRepeated.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { CsvButton } from '../../../ui/csvButton.tsx';
import { saveCsv } from '../../../ui/saveFile.ts';
import { VirtualTable } from '../../../ui/virtualTable.tsx';
import { Gain } from '../positionColumns.tsx';
import { HistoryGroups } from './historyGroups.tsx';
import { historyColumns, type HistoryRow } from './historyColumns.tsx';

const kinds = ['trades', 'symbol', 'opener', 'month'] as const;
const kindNames = { trades: 'Trades', symbol: 'By symbol', opener: 'By opener', month: 'By month' };

/** Trades of one page. */
const pageRows = 200;
const fileRows = 500;
/** Interval at which the history is asked for anew, ms. */
const againMs = 3_000;

/** Closed trades of the account, whoever made them, after costs, with the sums of the days. */
export function ClosedHistory({ bridge, quotes }: { bridge: BridgeState; quotes: readonly Quote[] }): ReactElement {
  const [filter, setFilter] = useState<DayFilter>('week');
  const [pages, setPages] = useState(1);
  const [kind, setKind] = useState<(typeof kinds)[number]>('trades');
  const today = tradingDay(useNow(), bridge.limits.day);
  const days = daysOf(filter, today);
  const currency = accountCurrency(bridge);
  const { id } = bridge;
  const { answer, failure } = useRepeated(['deals', id, bridge.accountKey, days, pages], againMs, (client) =>
    firstPages(client, id, days, pages),
  );
  // While more is read, what was read stays.
  const [kept, setKept] = useState(answer);
  if (answer !== null && answer !== kept) setKept(answer);
  const shown = answer ?? kept;
  const rows = (shown?.trades ?? []).map((trade): HistoryRow => {
    const quote = quotes.find(({ symbol }) => symbol === trade.symbol) ?? null;
    return { trade, digits: digitsOf(instrumentOf(bridge, quotes, trade.symbol), quote), bridge: id };
  });
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-3 py-1">
        <DayRange
          value={filter}
          today={today}
          onChange={(next) => {
            setFilter(next);
            setKept(null);
            setPages(1);
          }}
        />
        <ChoiceGroup label="Shown" values={kinds} names={kindNames} value={kind} onChange={setKind} />
        {shown !== null && <Sums sums={shown.sums} currency={currency} />}
        {kind === 'trades' && shown !== null && shown.next !== null && (
          <button
            type="button"
            className="text-xs underline decoration-strong-line underline-offset-2 hover:decoration-current"
            onClick={() => {
              setPages(pages + 1);
            }}
          >
            {`Show more than the last ${formatNumber(rows.length, 0)}`}
          </button>
        )}
        <CsvButton
          title="The closed trades of these days, as a CSV file"
          disabled={rows.length === 0}
          className="ml-auto"
          onClick={() => {
            unwaited(
              allTrades(id, days).then((trades) => {
                const span = [days.from, days.to].filter((day) => day !== null).join('_to_');
                saveCsv(`closed-trades-${id}${span === '' ? '' : `-${span}`}.csv`, [closedTradesCsv(trades, currency)]);
              }),
            );
          }}
        />
      </div>
      <div className="min-h-0 flex-1">
        {kind === 'trades' ? (
          <VirtualTable
            name="Closed trades"
            minWidth={920}
            columns={historyColumns}
            count={rows.length}
            rowAt={(index) => rows[index]}
            rowKey={({ trade }) => trade.deal}
            empty={failure ?? emptyWords(bridge, shown)}
          />
        ) : (
          <HistoryGroups bridge={bridge} days={days} by={kind} />
        )}
      </div>
    </div>
  );
}

function emptyWords(bridge: BridgeState, answer: DealsPage | null): string {
  if (answer === null) return 'Reading the history.';
  return bridge.speaks8 ? 'No trade was closed in these days, as far as the EA has told.' : untoldTrades(bridge);
}

function Sums({ sums, currency }: { sums: DealsPage['sums']; currency: string | null }): ReactElement {
  const { closed, won, profit, swap, costs } = sums;
  const unit = currency === null ? '' : ` ${currency}`;
  const rate = closed === 0 ? '' : `, ${formatNumber((won / closed) * 100, 0)} % won`;
  return (
    <div role="group" aria-label="Sums" className="figures flex flex-wrap items-baseline gap-x-4 gap-y-0.5 text-xs">
      <span>
        Net <Gain value={profit + swap + costs} />
        {unit}
      </span>
      <span>profit {formatChange(profit)}</span>
      <span>swap {formatChange(swap)}</span>
      <span>commission and fees {formatChange(costs)}</span>
      <span>
        {closed === 1 ? '1 trade' : `${formatNumber(closed, 0)} trades`}
        {rate}
      </span>
    </div>
  );
}

/** The first pages as one. */
async function firstPages(client: ApiClient, bridge: string, days: Days, pages: number): Promise<DealsPage> {
  const trades: ClosedTrade[] = [];
  let before: DealsPageRequest['before'] = null;
  for (let page = 1; ; page += 1) {
    const answer: DealsPage = await client.call('deals', { bridge, ...days, before, limit: pageRows });
    trades.push(...answer.trades);
    if (answer.next === null || page >= pages) return { ...answer, trades };
    before = answer.next;
  }
}

/** All trades of the days, the oldest first. */
async function allTrades(bridge: string, days: Days): Promise<ClosedTrade[]> {
  const { client } = appStore.getState();
  const trades: ClosedTrade[] = [];
  let before: DealsPageRequest['before'] = null;
  while (client !== null) {
    const answer: DealsPage = await client.call('deals', { bridge, ...days, before, limit: fileRows });
    trades.push(...answer.trades);
    if (answer.next === null) break;
    before = answer.next;
  }
  return trades.toReversed();
}
