import { useEffect, useRef, useState, type RefObject } from 'react';

/** An order is fired only when it has stood on screen so long without becoming another one, in ms. */
export const settleMs = 400;

/** From this relative difference of a stop on, it is another order than the one a person looked at. */
const otherStop = 0.05;

interface ShownOrder {
  lot: number;
  sl: number;
  tp: number;
}

/** When the order on screen last became another one, by the page's clock. */
export function useChangedAt({ lot, sl, tp }: ShownOrder): RefObject<number> {
  const shown = useRef<ShownOrder>({ lot, sl, tp });
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (!isOtherOrder(shown.current, { lot, sl, tp })) return;
    shown.current = { lot, sl, tp };
    changedAt.current = performance.now();
  }, [lot, sl, tp]);
  return changedAt;
}

/** Whether an order was heavy at any time since it was asked about: a risk that is not known any more is no smaller one. */
export function useOnceHeavy(isHeavy: boolean): boolean {
  const [once, setOnce] = useState(isHeavy);
  if (isHeavy && !once) setOnce(true);
  return once || isHeavy;
}

/** Whether an order differs so much from the one on screen that a person has to look again. */
export function isOtherOrder(shown: ShownOrder, { lot, sl, tp }: ShownOrder): boolean {
  return shown.lot !== lot || isOtherStop(shown.sl, sl) || isOtherStop(shown.tp, tp);
}

function isOtherStop(before: number, now: number): boolean {
  return before === 0 || now === 0 ? before !== now : Math.abs(now - before) / before > otherStop;
}
