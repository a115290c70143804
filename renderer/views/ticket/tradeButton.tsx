import { Zap } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Side } from '../../../src/domain/sizing/stops.ts';
import { pressOnce } from '../../ui/pressOnce.ts';

const looks = {
  buy: { word: 'Buy', class: 'bg-buy enabled:hover:bg-buy-hover' },
  sell: { word: 'Sell', class: 'bg-sell enabled:hover:bg-sell-hover' },
} as const;

export function TradeButton({
  side,
  disabled,
  waiting,
  oneClick,
  onPress,
  onLook,
}: {
  side: Side;
  disabled: boolean;
  /** An order is on its way: the button keeps the focus, and a press does nothing. */
  waiting: boolean;
  /** A press sends at once. */
  oneClick: boolean;
  onPress: (side: Side) => void;
  /** Called when the person hovers or focuses this side. */
  onLook: (side: Side) => void;
}): ReactElement {
  return (
    <button
      type="button"
      disabled={disabled}
      aria-disabled={waiting}
      onPointerEnter={() => {
        onLook(side);
      }}
      onFocus={() => {
        onLook(side);
      }}
      className={`flex min-h-12 items-center justify-center gap-1.5 rounded-[6px] text-lg font-semibold text-on-trade disabled:opacity-45 aria-disabled:opacity-45 ${looks[side].class}`}
      {...pressOnce(() => {
        onPress(side);
      })}
    >
      {oneClick && <Zap className="size-4" fill="currentColor" aria-hidden="true" />}
      {looks[side].word}
    </button>
  );
}
