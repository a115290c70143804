import type { ReactElement } from 'react';
import type { Side } from '../../../src/protocol/stops.ts';
import { pressOnce } from './pressOnce.ts';

const looks = {
  buy: { word: 'Buy', class: 'bg-buy enabled:hover:bg-buy-hover' },
  sell: { word: 'Sell', class: 'bg-sell enabled:hover:bg-sell-hover' },
} as const;

export function TradeButton({
  side,
  disabled,
  onPress,
}: {
  side: Side;
  disabled: boolean;
  onPress: (side: Side) => void;
}): ReactElement {
  return (
    <button
      type="button"
      disabled={disabled}
      className={`h-12 rounded-[6px] text-lg font-semibold text-on-trade disabled:opacity-45 ${looks[side].class}`}
      {...pressOnce(() => {
        onPress(side);
      })}
    >
      {looks[side].word}
    </button>
  );
}
