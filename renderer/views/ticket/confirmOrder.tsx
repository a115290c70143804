import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState, Order, Quote } from '../../../src/api/state.ts';
import { formatLots } from '../../format.ts';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { actionWords, stopWords } from '../orders/orderWords.ts';
import { actionColours } from '../orders/stateLook.tsx';
import { Addressee, SignalPreview } from './signalPreview.tsx';
import { describeStop } from './ticketForm.ts';
import { UnsettledOrders } from './unsettledOrders.tsx';

/** The last look before an order leaves: in words, and as the EA will receive it. */
export function ConfirmOrder({
  bridge,
  request,
  quote,
  unsettled,
  onFire,
  onCancel,
}: {
  bridge: BridgeState;
  request: FireRequest;
  quote: Quote | null;
  /** Each has to be ticked by its name before this one can be fired beside it. */
  unsettled: readonly Order[];
  onFire: (request: FireRequest) => void;
  onCancel: () => void;
}): ReactElement {
  const [known, setKnown] = useState<readonly string[]>([]);
  const { action, symbol, lot, sl, tp, signalId } = request;
  return (
    <ConfirmDialog
      title="Confirm order"
      word="Fire"
      kind={action === 'buy' ? 'buy' : 'sell'}
      startOn={unsettled.length > 0 ? 'content' : 'confirm'}
      disabled={unsettled.some((order) => !known.includes(order.signalId))}
      onConfirm={() => {
        onFire({ ...request, confirmed: unsettled.map((order) => order.signalId) });
      }}
      onCancel={onCancel}
    >
      <p className="figures text-xl font-semibold">
        <span className={actionColours[action]}>{actionWords[action]}</span> {formatLots(lot)} lots {symbol}
      </p>
      <Facts>
        <Fact name="Stop loss">
          <StopText value={sl} bridge={bridge} quote={quote} />
        </Fact>
        <Fact name="Take profit">
          <StopText value={tp} bridge={bridge} quote={quote} />
        </Fact>
        <Addressee bridge={bridge} signalId={signalId} />
      </Facts>
      <UnsettledOrders orders={unsettled} known={known} onChange={setKnown} />
      <SignalPreview bridge={bridge} request={request} />
    </ConfirmDialog>
  );
}

function StopText({ value, bridge, quote }: { value: number; bridge: BridgeState; quote: Quote | null }): ReactElement {
  if (value === 0) return <span className="text-quiet">none</span>;
  const hint = describeStop(String(value), bridge, quote);
  return (
    <>
      {stopWords(value, bridge.stopUnit)}
      {hint !== null && (
        <span className={`ml-2 text-sm font-normal ${hint.warning ? 'text-quiet' : 'text-muted'}`}>{hint.text}</span>
      )}
    </>
  );
}
