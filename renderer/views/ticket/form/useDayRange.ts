import type { BridgeState } from '../../../../src/api/state/state.ts';
import { brokerSymbol } from '../../../../src/domain/market/symbolTable.ts';
import { useRepeated } from '../../../store/useRepeated.ts';
import { dayRangeOf } from './dayRange.ts';

const everyMs = 300_000;

/** How far a symbol moves in a day, in price; null: not known. @param name either of the symbol's names */
export function useDayRange(bridge: BridgeState, name: string): number | null {
  const symbol = brokerSymbol(bridge, name);
  const { answer } = useRepeated(['dayRange', bridge.id, symbol], everyMs, async (client) =>
    symbol === '' || symbol.length > 64
      ? null
      : dayRangeOf(await client.call('bars', { bridge: bridge.id, symbol, timeframe: 'M15' })),
  );
  return answer;
}
