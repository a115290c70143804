import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { Bar, Timeframe } from '../../../../src/domain/market/bar.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import { formatNumber, formatPrice } from '../../../format.ts';
import type { ShownBars } from './barFeed.ts';
import { barTime } from './priceTimes.ts';

/** Most symbols named in a sentence. */
const mostNamed = 3;

/** Whether prices come: the EA is connected, and its backlog is read. */
export function isCurrent({ channels, stream }: Pick<BridgeState, 'channels' | 'stream'>): boolean {
  const { state } = channels.telemetry;
  return state !== 'listening' && state !== 'down' && stream === 'current';
}

/**
 * Why there are no bars of a symbol, and what to do, in one sentence.
 * @param symbol the broker's name
 */
export function noBarsSentence(
  bridge: Pick<BridgeState, 'channels' | 'stream'>,
  symbol: string,
  quotes: readonly Quote[],
  refused: ShownBars['refused'],
): string {
  if (symbol === '') return 'Type a symbol in the ticket, and its prices are drawn here.';
  if (bridge.stream === 'history')
    return `What the EA had queued is being read; prices of ${symbol} follow in a moment.`;
  if (!isCurrent(bridge))
    return `No EA is connected, so no prices of ${symbol} come: in MT5, attach the EA to its chart.`;
  if (refused !== null) {
    return `The bars that the EA sends of ${symbol} can’t be used (${refused.reason.replace(/\.$/, '')}): look at its candle_batch frames in Wire log.`;
  }
  const now = quotes.filter(({ earlier }) => !earlier).map((quote) => quote.symbol);
  if (now.length > 0) {
    const named = now.slice(0, mostNamed).join(', ');
    const others = now.length > mostNamed ? ` and ${String(now.length - mostNamed)} more` : '';
    return `The EA sends prices of ${named}${others}, but none of ${symbol}: in MT5, attach it to a chart of ${symbol}, or choose another symbol in the ticket.`;
  }
  return `The EA sends no prices: in MT5, look whether it is on a chart of ${symbol} and whether that market is open.`;
}

/** The spread in points; null: the symbol's point isn't known. */
export function spreadPoints({ bid, ask, point }: Pick<Quote, 'bid' | 'ask' | 'point'>): string | null {
  return point === null ? null : formatNumber((ask - bid) / point, 0);
}

/** The chart in one sentence, for those who can't see it. */
export function chartSentence(
  symbol: string,
  quote: Quote | null,
  { bars, offsetMs }: Pick<ShownBars, 'bars' | 'offsetMs'>,
  timeframe: Timeframe,
  digits: number,
): string {
  const price = (value: number): string => formatPrice(value, digits);
  const spread = quote === null ? null : spreadPoints(quote);
  const quoted =
    quote === null
      ? `${symbol}: no current price`
      : `${symbol}: bid ${price(quote.bid)}, ask ${price(quote.ask)}${spread === null ? '' : `, spread ${spread} points`}`;
  const last = bars.at(-1);
  if (last === undefined) return `${quoted}.`;
  const count = bars.length === 1 ? '1 bar' : `${String(bars.length)} bars`;
  return `${quoted}; ${count} of ${timeframe}, the last ${barWords(last, offsetMs, price)}.`;
}

function barWords(
  { start, open, high, low, close }: Bar,
  offsetMs: number | null,
  price: (value: number) => string,
): string {
  const localMs = -new Date(start).getTimezoneOffset() * 60_000;
  return `at ${barTime(start, { offsetMs, localMs })}: open ${price(open)}, high ${price(high)}, low ${price(low)}, close ${price(close)}`;
}
