import { TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../../src/api/contract.ts';
import type { Quote } from '../../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { uncheckedWords } from '../../../../src/domain/orders/unchecked.ts';
import type { Instrument } from '../../../../src/domain/sizing/stops.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { formatLots, formatPrice } from '../../../format.ts';
import { useApp } from '../../../store/hooks.ts';
import { ConfirmDialog } from '../../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { actionWords, stopWords } from '../../../shared/orderWords.ts';
import { actionColours } from '../../../shared/stateLook.tsx';
import { Addressee, SignalPreview } from './signalPreview.tsx';
import { unsettledBeside } from '../form/ticketForm.ts';
import { planFigure, planRows } from '../form/planWords.ts';
import { describeStop, digitsOf, instrumentOf, uncheckedOf } from '../form/ticketSizing.ts';
import { UnsettledOrders } from './unsettledOrders.tsx';

/** Confirmation of an order: in words, and as the EA will receive it. */
export function ConfirmOrder({
  bridge,
  request,
  plan,
  changed,
  quotes,
  onFire,
  onCancel,
}: {
  bridge: BridgeState;
  request: FireRequest;
  /** The plan at the shown price. */
  plan: TradePlan;
  /** Why it is asked about again: the difference from what was seen before; null: asked for the first time. */
  changed: string | null;
  quotes: readonly Quote[];
  onFire: (request: FireRequest) => void;
  onCancel: () => void;
}): ReactElement {
  const [known, setKnown] = useState<readonly string[]>([]);
  // Unknown orders in the symbol, each to be ticked by its ID before this one can be fired beside it.
  const unsettled = unsettledBeside(
    useApp(({ app }) => app),
    request,
  );
  const { action, symbol, lot, sl, tp, signalId } = request;
  // The price that the order is compared with when it leaves.
  const price = request.seen?.price ?? null;
  const instrument = instrumentOf(bridge, quotes, symbol);
  const quote = quotes.find((each) => each.symbol === instrument.symbol && !each.earlier) ?? null;
  const notChecked = uncheckedWords(uncheckedOf(plan, instrument, bridge));
  const stop = (value: number): ReactElement => (
    <StopText value={value} bridge={bridge} instrument={instrument} quote={quote} />
  );
  return (
    <ConfirmDialog
      title="Confirm order"
      word="Fire"
      kind={action === 'buy' ? 'buy' : 'sell'}
      // A second press of Enter, meant for the former question, fires nothing.
      startOn={unsettled.length > 0 ? 'content' : changed === null ? 'confirm' : 'cancel'}
      disabled={unsettled.some((order) => !known.includes(order.signalId))}
      onConfirm={() => {
        onFire({ ...request, confirmed: unsettled.map((order) => order.signalId) });
      }}
      onCancel={onCancel}
    >
      {changed !== null && (
        <div role="alert">
          <Notice icon={<TriangleAlert className="size-4 shrink-0 text-quiet" aria-hidden="true" />}>
            {changed} This is how it stands now.
          </Notice>
        </div>
      )}
      <p className="figures text-xl font-semibold">
        <span className={actionColours[action]}>{actionWords[action]}</span> {formatLots(lot)} lots {symbol}
      </p>
      <Facts>
        <Fact name="Price">
          {price === null ? (
            <span className="text-quiet">not known</span>
          ) : (
            <span className="figures">
              {formatPrice(action === 'sell' ? price.bid : price.ask, digitsOf(instrument, quote))}
            </span>
          )}
        </Fact>
        <Fact name="Stop loss">{stop(sl)}</Fact>
        <Fact name="Take profit">{stop(tp)}</Fact>
        {planRows(digitsOf(instrument, quote), accountCurrency(bridge))
          .slice(1)
          .map((row) => ({ row, ...planFigure(row, plan) }))
          .map(({ row, text, why }, index, figures) => {
            const said = figures.slice(0, index).some((earlier) => earlier.why === why);
            return (
              <Fact key={row.name} name={row.name}>
                <span className="figures">{why === null ? `${text} ${row.unit}` : text}</span>
                {why !== null && !said && <span className="ml-2 text-xs font-normal text-muted">{why}</span>}
              </Fact>
            );
          })}
        {notChecked !== '' && (
          <Fact name="Not checked">
            <span className="text-quiet">{notChecked}</span>
          </Fact>
        )}
        <Addressee bridge={bridge} signalId={signalId} />
      </Facts>
      <UnsettledOrders orders={unsettled} known={known} onChange={setKnown} />
      <SignalPreview bridge={bridge} request={request} />
    </ConfirmDialog>
  );
}

function StopText({
  value,
  bridge,
  instrument,
  quote,
}: {
  value: number;
  bridge: BridgeState;
  instrument: Instrument;
  quote: Quote | null;
}): ReactElement {
  if (value === 0) return <span className="text-quiet">none</span>;
  const hint = bridge.stopUnit === null ? null : describeStop({ unit: bridge.stopUnit, value }, instrument, quote);
  return (
    <>
      {stopWords(value, bridge.stopUnit)}
      {hint !== null && (
        <span className={`ml-2 text-sm font-normal ${hint.warning ? 'text-quiet' : 'text-muted'}`}>{hint.text}</span>
      )}
    </>
  );
}
