import { Ban, Zap } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Side } from '../../../src/domain/sizing/stops.ts';
import type { Block } from '../../shared/blockWords.ts';
import { pressOnce, type PressedBy } from '../../ui/pressOnce.ts';

const looks = {
  buy: { word: 'Buy', class: 'bg-buy hover:bg-buy-hover text-on-trade' },
  sell: { word: 'Sell', class: 'bg-sell hover:bg-sell-hover text-on-trade' },
} as const;

/** A button that can't trade now looks so, and says why: outlined in its colour, with the reason below its word. */
const blockedLooks = {
  buy: 'border-2 border-buy/60 bg-raised text-muted cursor-not-allowed',
  sell: 'border-2 border-sell/60 bg-raised text-muted cursor-not-allowed',
} as const;

export function TradeButton({
  side,
  entry,
  block,
  waiting,
  oneClick,
  againInMs,
  onPress,
  onRested,
  onLook,
}: {
  side: Side;
  /** Kind and price of a pending order; null: at the market. */
  entry: { kind: string; price: string } | null;
  /** Why nothing can be traded; null: it can. */
  block: Block | null;
  /** An order is on its way: the button keeps the focus, and a press does nothing. */
  waiting: boolean;
  /** A press sends at once. */
  oneClick: boolean;
  /** Until the same order is let through again; null: it is now. */
  againInMs: number | null;
  onPress: (side: Side, by: PressedBy) => void;
  /** Called instead with a finger or a pen that has rested on it. */
  onRested: () => void;
  /** Called when the person hovers or focuses this side. */
  onLook: (side: Side) => void;
}): ReactElement {
  const { word, class: look } = looks[side];
  return (
    <button
      type="button"
      aria-description={block === null ? undefined : `${block.reason} ${block.nextStep}`}
      title={block === null ? undefined : `${block.reason} ${block.nextStep}`}
      aria-disabled={waiting || block !== null}
      onPointerEnter={() => {
        onLook(side);
      }}
      onFocus={() => {
        onLook(side);
      }}
      className={`flex h-12 min-w-0 flex-col items-center justify-center rounded-[6px] text-lg font-semibold ${block === null ? `aria-disabled:opacity-45 ${look}` : blockedLooks[side]}`}
      {...pressOnce((by) => {
        onPress(side, by);
      }, onRested)}
    >
      <span className="flex items-center gap-1.5 leading-5">
        {oneClick && entry === null && block === null && (
          <Zap className="size-4" fill="currentColor" aria-hidden="true" />
        )}
        {word}
        {entry !== null && ` ${entry.kind}`}
      </span>
      {entry !== null && block === null && entry.price !== '' && (
        <span className="figures text-xs leading-4 font-medium">{entry.price}</span>
      )}
      {block === null && entry === null && againInMs !== null && (
        <span aria-hidden="true" className="figures text-xs leading-4 font-medium">
          again in {Math.ceil(againInMs / 1_000)} s
        </span>
      )}
      {block !== null && (
        <span aria-hidden="true" className="flex max-w-full items-center gap-1 px-1 text-xs leading-4 font-medium">
          <Ban className="size-3 shrink-0" aria-hidden="true" />
          <span className="truncate">{block.word}</span>
        </span>
      )}
    </button>
  );
}
