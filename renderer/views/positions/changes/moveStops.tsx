import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { movesAway } from '../../../../src/domain/positions/changeCheck.ts';
import { seenPosition } from '../../../../src/domain/positions/seenTrades.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { formatChange, formatNumber, formatPrice } from '../../../format.ts';
import { type AskedBy, startOf } from '../../../shared/startOf.ts';
import type { Market } from '../../../shared/symbolContext.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { LiveFigure } from '../../../ui/freshLook.tsx';
import type { AskedChange } from '../../../store/appStore.ts';
import { AwayConsent } from './awayConsent.tsx';
import { ChangedMeanwhile, changedMeanwhile } from './changedMeanwhile.tsx';
import { changeFigures } from './changeFigures.ts';
import { PositionHead } from './positionHead.tsx';
import { PriceField } from './priceField.tsx';
import { readStop, stopText } from './stopText.ts';
import { useSendChange } from './useSendChange.ts';

interface Props {
  bridge: BridgeState;
  market: Market;
  /** As it is now; null: it is no longer in the list. */
  position: OpenPosition | null;
  /** As it was when the dialog opened. */
  first: OpenPosition;
  by: AskedBy;
  /** Where stops were dragged to. */
  stops?: AskedChange['stops'];
  onSent: (order: Order) => void;
  /** Begins anew, from the stops of now. */
  onAnew: () => void;
  onCancel: () => void;
}

/** Moves a position's stop loss and take profit. */
export function MoveStops({
  bridge,
  market,
  position,
  first,
  by,
  stops,
  onSent,
  onAnew,
  onCancel,
}: Props): ReactElement {
  const shown = position ?? first;
  const figures = changeFigures(bridge, market, shown);
  const { digits, now } = figures;
  const [typedSl, setSl] = useState(() => stopText(stops?.sl ?? first.sl, digits));
  const [typedTp, setTp] = useState(() => stopText(stops?.tp ?? first.tp, digits));
  const [away, setAway] = useState(false);
  const { failure, send } = useSendChange(bridge, onSent);
  const moveSl = (typed: string): void => {
    setSl(typed);
    // It was given for another stop loss.
    setAway(false);
  };
  const [sl, tp] = [readStop(typedSl), readStop(typedTp)];
  const problems = { sl: sideProblem('sl', sl, shown, now.price), tp: sideProblem('tp', tp, shown, now.price) };
  const same = sl === (shown.sl ?? 0) && tp === (shown.tp ?? 0);
  const isAway = sl !== null && movesAway(sl, shown);
  const changes = changedMeanwhile(stopsOf(first), position && stopsOf(position), digits);
  const then = figures.as({ sl, tp });
  const money = accountCurrency(bridge) ?? '';
  const breakEven = shown.price;
  const passed = breakEven !== null && now.price !== null && sideProblem('sl', breakEven, shown, now.price) === null;
  return (
    <ConfirmDialog
      title="Stops of a position"
      word="Set stops"
      startOn={startOf(bridge, by)}
      disabled={
        problems.sl !== null ||
        problems.tp !== null ||
        sl === null ||
        tp === null ||
        same ||
        (isAway && !away) ||
        changes.length > 0
      }
      failure={failure}
      onConfirm={async () => {
        const change = { action: 'modify_position' as const, position: shown.position, sl: sl ?? 0, tp: tp ?? 0 };
        const done = await send({ change, seen: seenPosition(first), away });
        if (done) onCancel();
        return done;
      }}
      onCancel={onCancel}
    >
      <PositionHead bridge={bridge} position={shown} isGone={position === null} />
      {changes.length > 0 && <ChangedMeanwhile changes={changes} onAnew={onAnew} />}
      <div className="flex items-start gap-3">
        <PriceField label="Stop loss" value={typedSl} digits={digits} problem={problems.sl} onChange={moveSl} />
        <PriceField label="Take profit" value={typedTp} digits={digits} problem={problems.tp} onChange={setTp} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          disabled={!passed}
          title={
            passed
              ? 'The stop loss at the price that the position was opened at'
              : 'The price is not beyond the one that the position was opened at'
          }
          onClick={() => {
            moveSl(breakEven === null ? '' : breakEven.toFixed(digits));
          }}
        >
          Break-even
        </Button>
        <span className="text-xs text-muted">
          Prices. Empty is none. Arrow keys step by a point, with Shift by ten.
        </span>
      </div>
      {isAway && <AwayConsent checked={away} onChange={setAway} />}
      <Facts>
        <Fact name="Price now">
          {now.price === null ? (
            <span className="text-quiet">not known</span>
          ) : (
            <LiveFigure text={formatPrice(now.price, digits)} />
          )}
        </Fact>
        <Fact name="At the stop loss">
          {sl === 0 ? (
            <span className="font-medium text-down">no stop loss</span>
          ) : (
            resultWords(then.atStop, then.slPoints, money)
          )}
        </Fact>
        <Fact name="At the take profit">
          {tp === 0 ? 'no take profit' : resultWords(figures.as({ sl: tp }).atStop, then.tpPoints, money)}
        </Fact>
      </Facts>
    </ConfirmDialog>
  );
}

/** Its stops alone: the price that it was opened at moves as a netting position is added to. */
function stopsOf({ sl, tp }: OpenPosition): Pick<OpenPosition, 'sl' | 'tp'> {
  return { sl, tp };
}

function resultWords(money: number | null, points: number | null, currency: string): string {
  const distance = points === null ? '' : `, ${formatNumber(points, 0)} points from the price`;
  return money === null ? `not known${distance}` : `${formatChange(money)} ${currency}${distance}`;
}

/** Why a stop can't be set at a price; null: it can, or the price of now is not known. */
function sideProblem(
  field: 'sl' | 'tp',
  stop: number | null,
  { side }: Pick<OpenPosition, 'side'>,
  price: number | null,
): string | null {
  if (stop === null) return 'Type a price.';
  if (stop === 0 || price === null) return null;
  const isBelow = (field === 'sl') === (side === 'buy');
  if (isBelow ? stop < price : stop > price) return null;
  return `It has to be ${isBelow ? 'below' : 'above'} the price.`;
}
