import type { ReactElement } from 'react';
import { formatPrice } from '../../../format.ts';
import { Button } from '../../../ui/button.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';

interface Prices {
  sl: number | null;
  tp: number | null;
  price?: number | null;
  limitPrice?: number | null;
}

/** What of it is another than when the dialog began; none: it is as it was. */
export function changedMeanwhile(first: Prices, now: Prices | null, digits: number): string[] {
  if (now === null) return [];
  const words = (price: number | null | undefined): string =>
    price === null || price === undefined || price === 0 ? 'none' : formatPrice(price, digits);
  const named = [
    ['price', first.price, now.price],
    ['limit price', first.limitPrice, now.limitPrice],
    ['stop loss', first.sl, now.sl],
    ['take profit', first.tp, now.tp],
  ] as const;
  return named
    .filter(([, was, is]) => (was ?? 0) !== (is ?? 0))
    .map(([name, was, is]) => `its ${name} went from ${words(was)} to ${words(is)}`);
}

/** Says that what the typed prices began from is no longer so; nothing is sent until a person begins anew. */
export function ChangedMeanwhile({ changes, onAnew }: { changes: string[]; onAnew: () => void }): ReactElement {
  return (
    <div className="flex flex-col items-start gap-2">
      <DangerNotice text={`Since this dialog opened, ${changes.join(' and ')}.`} />
      <Button onClick={onAnew}>Start from the new prices</Button>
    </div>
  );
}
