import type { BarsAnswer } from '../../../../src/api/queries/bars.ts';

/** Bars of a quarter of an hour in a day of trading. */
const dayBars = 96;
/** With fewer of them, what they span is less than what a day moves. */
const leastBars = 48;

/** How far a symbol moves in a day, by its last 24 hours of trading, in price; null: too little is known. */
export function dayRangeOf(answer: Pick<BarsAnswer, 'bars' | 'earlier'> | null): number | null {
  if (answer === null || answer.earlier) return null;
  const last = answer.bars.slice(-dayBars);
  if (last.length < leastBars) return null;
  return Math.max(...last.map(({ high }) => high)) - Math.min(...last.map(({ low }) => low));
}
