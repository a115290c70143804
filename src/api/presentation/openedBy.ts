import type { TradeOrigin, TradeReason } from '../../domain/positions/openTrades.ts';

/** What made a trade, in words. */
export const reasonWords: Record<TradeReason, string> = {
  client: 'by hand in MT5',
  mobile: 'phone',
  web: 'web terminal',
  expert: 'another EA',
  sl: 'stop loss',
  tp: 'take profit',
  so: 'stop-out',
  rollover: 'rollover',
  vmargin: 'variation margin',
  split: 'split',
  other: 'the broker',
};

/** Who opened a trade, short. */
export function openedBy({ source, signalId, reason }: TradeOrigin): string {
  if (source !== null) return source;
  if (signalId !== null) return 'another desk';
  return reason === null ? 'not told' : reasonWords[reason];
}

/** The same with what else the terminal tells. */
export function openedByInFull(origin: TradeOrigin): string {
  const { magic, comment, signalId } = origin;
  return [
    openedBy(origin),
    signalId === null ? '' : `order ${signalId}`,
    magic === null || magic === '0' ? '' : `magic number ${magic}`,
    comment === '' || comment === signalId ? '' : `comment “${comment}”`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
