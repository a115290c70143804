import { useRepeated } from '../../../store/useRepeated.ts';
import { dayRangeOf } from './dayRange.ts';

const everyMs = 300_000;

/**
 * How far a symbol moves in a day, in price; null: not known.
 * @param bridge its ID; null: none
 * @param symbol the broker's name
 */
export function useDayRange(bridge: string | null, symbol: string): number | null {
  const { answer } = useRepeated(['dayRange', bridge, symbol], everyMs, async (client) =>
    bridge === null || symbol === '' || symbol.length > 64
      ? null
      : dayRangeOf(await client.call('bars', { bridge, symbol, timeframe: 'M15' })),
  );
  return answer;
}
