import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { OrderChange } from '../../../../src/domain/orders/orderChange.ts';
import { seenPosition } from '../../../../src/domain/positions/seenTrades.ts';
import type { Order } from '../../../../src/domain/orders/order.ts';
import type { OpenPosition } from '../../../../src/domain/positions/openTrades.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { formatChange, formatLots, formatPrice } from '../../../format.ts';
import { type AskedBy, startOf } from '../../../shared/startOf.ts';
import type { Market } from '../../../shared/symbolContext.ts';
import { ChoiceGroup } from '../../../ui/choiceGroup.tsx';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { DangerNotice } from '../../../ui/dangerNotice.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { LiveFigure } from '../../../ui/freshLook.tsx';
import { TextField } from '../../../ui/textField.tsx';
import { commaWords, readNumber } from '../../../ui/typed.ts';
import { changeFigures, partOf } from './changeFigures.ts';
import { PositionHead } from './positionHead.tsx';
import { useSendChange } from './useSendChange.ts';

const shares = ['all', 'half', 'quarter'] as const;
type Share = (typeof shares)[number];
const shareOf: Record<Share, number> = { all: 1, half: 0.5, quarter: 0.25 };

interface Props {
  bridge: BridgeState;
  market: Market;
  /** As it is now; null: it is no longer in the list. */
  position: OpenPosition | null;
  /** As it was when the dialog opened. */
  first: OpenPosition;
  by: AskedBy;
  onSent: (order: Order) => void;
  onCancel: () => void;
}

/** Closes a position, a part of it, or it by an opposite one. It never expires. */
export function ClosePosition({ bridge, market, position, first, by, onSent, onCancel }: Props): ReactElement {
  const shown = position ?? first;
  /** A part, and the lots that there were when it was chosen; null: all of it. */
  const [chosen, setChosen] = useState<{ typed: string; of: number } | null>(null);
  const [other, setOther] = useState<string | null>(null);
  const { failure, send } = useSendChange(bridge, onSent);
  const figures = changeFigures(bridge, market, shown);
  const choose = (typed: string): void => {
    setChosen({ typed, of: shown.lots });
  };
  const lots = chosen === null ? shown.lots : readNumber(chosen.typed);
  const problem = other === null && chosen !== null ? lotsProblem(chosen, shown.lots) : null;
  const asked = problem === null && lots !== null ? lots : shown.lots;
  const opposite = oppositeOf(bridge, shown);
  const partner = opposite.find((each) => each.position === other) ?? null;
  // Gone meanwhile: it isn't closed at the market instead.
  const isPartnerGone = other !== null && partner === null;
  const closing = partner === null ? asked : Math.min(shown.lots, partner.lots);
  const { profit } = figures.as({ lots: closing });
  const money = accountCurrency(bridge) ?? '';
  const left = Number((shown.lots - closing).toFixed(8));
  const change: OrderChange =
    partner === null
      ? { action: 'close_position', position: shown.position, lot: asked >= shown.lots ? null : asked }
      : { action: 'close_by', position: shown.position, by: partner.position };
  return (
    <ConfirmDialog
      title="Close position"
      word={left === 0 ? 'Close all of it' : `Close ${formatLots(closing)} lots`}
      startOn={startOf(bridge, by)}
      disabled={problem !== null || isPartnerGone}
      failure={failure}
      onConfirm={async () => {
        const done = await send({ change, seen: seenPosition(shown) });
        if (done) onCancel();
        return done;
      }}
      onCancel={onCancel}
    >
      <PositionHead bridge={bridge} position={shown} isGone={position === null} />
      <div className="flex items-start gap-3">
        <div className="w-36">
          <TextField
            label="Lots to close"
            decimal
            value={chosen?.typed ?? String(shown.lots)}
            disabled={other !== null}
            error={problem ?? undefined}
            onChange={choose}
          />
        </div>
        <div className="pt-7">
          <ChoiceGroup
            label="Share to close"
            values={shares.filter((share) => share === 'all' || partOf(shown.lots, shareOf[share], figures) !== null)}
            names={{ all: 'All', half: 'Half', quarter: 'Quarter' }}
            value={other === null ? shareNow(asked, shown, figures) : null}
            onChange={(share) => {
              setOther(null);
              const part = partOf(shown.lots, shareOf[share], figures);
              if (share === 'all' || part === null) setChosen(null);
              else choose(String(part));
            }}
          />
        </div>
      </div>
      {isPartnerGone && (
        <DangerNotice text={`Position ${other} is open no more. Choose anew by what this one is closed.`} />
      )}
      {(opposite.length > 0 || isPartnerGone) && (
        <label className="flex items-center gap-2 text-sm">
          Close it by
          <select
            className="min-h-7 rounded-[4px] border border-line bg-raised px-1"
            value={other ?? ''}
            onChange={({ target }) => {
              setOther(target.value === '' ? null : target.value);
            }}
          >
            <option value="">the market</option>
            {isPartnerGone && <option value={other}>{`position ${other}, closed`}</option>}
            {opposite.map((each) => (
              <option key={each.position} value={each.position}>
                {`position ${each.position}, ${each.side} ${formatLots(each.lots)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <Facts>
        <Fact name="Price now">
          {figures.now.price === null ? (
            <span className="text-quiet">not known</span>
          ) : (
            <LiveFigure text={formatPrice(figures.now.price, figures.digits)} />
          )}
        </Fact>
        <Fact name="Result of what is closed">
          {partner !== null ? (
            'each at the price that the other was opened at'
          ) : profit === null ? (
            <span className="text-quiet">not known</span>
          ) : (
            <>
              <LiveFigure key={closing} text={`${formatChange(profit)} ${money}`} />
              <span className="ml-2 text-xs font-normal text-muted">without swap and commission</span>
            </>
          )}
        </Fact>
        <Fact name="Stays open">{left === 0 ? 'nothing of it' : `${formatLots(left)} lots, with its stops`}</Fact>
      </Facts>
    </ConfirmDialog>
  );
}

function lotsProblem({ typed, of }: { typed: string; of: number }, open: number): string | null {
  if (typed.includes(',')) return commaWords;
  const lots = readNumber(typed);
  if (lots === null || Number.isNaN(lots) || lots <= 0) return 'Type lots above 0.';
  if (of !== open) return `It had ${formatLots(of)} lots when you chose. Choose anew.`;
  return lots > open + 1e-9 ? `It has ${formatLots(open)} lots.` : null;
}

function shareNow(lots: number, position: OpenPosition, figures: Parameters<typeof partOf>[2]): Share | null {
  if (lots >= position.lots) return 'all';
  return shares.find((share) => share !== 'all' && partOf(position.lots, shareOf[share], figures) === lots) ?? null;
}

/** Positions by which it can be closed: of its symbol and the other side, on hedging accounts. */
function oppositeOf(
  { openTrades, account, positionMode }: BridgeState,
  { symbol, side }: OpenPosition,
): OpenPosition[] {
  if ((account.positionMode ?? positionMode) !== 'hedging') return [];
  return (openTrades.positions ?? []).filter((each) => each.symbol === symbol && each.side !== side).slice(0, 100);
}
