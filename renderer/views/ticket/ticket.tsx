import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { ConfirmOrder } from './confirmOrder.tsx';
import { fireOrder, newSignalId, type TicketResult } from './fireOrder.ts';
import { LotsField } from './lotsField.tsx';
import { QuoteLine } from './quoteLine.tsx';
import { StopField } from './stopField.tsx';
import {
  emptyTicket,
  needsConfirmation,
  readTicket,
  type Side,
  type TicketErrors,
  type TicketFields,
} from './ticketForm.ts';
import { TextField } from './textField.tsx';
import { TicketMessage } from './ticketMessage.tsx';
import { TradeButton } from './tradeButton.tsx';

/** Where a person fires. Nothing in it moves: every message has its place. */
export function Ticket({ bridge }: { bridge: BridgeState }): ReactElement {
  const [fields, setFields] = useState<TicketFields>(emptyTicket);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [confirming, setConfirming] = useState<FireRequest | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const confirmOrders = useAppState(({ settings }) => settings.confirmOrders) ?? true;
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const quote = quotes.find(({ symbol }) => symbol === fields.symbol.trim()) ?? null;
  const sending = result?.kind === 'sending';

  const change = (changes: Partial<TicketFields>): void => {
    setFields({ ...fields, ...changes });
    setErrors({});
  };
  const fire = (request: FireRequest): void => {
    setConfirming(null);
    setResult({ kind: 'sending', signalId: request.signalId });
    void fireOrder(request).then(setResult);
  };
  const press = (side: Side): void => {
    const read = readTicket(fields, side, bridge, newSignalId);
    if ('errors' in read) {
      setErrors(read.errors);
      return;
    }
    setErrors({});
    if (needsConfirmation(read.request, confirmOrders)) setConfirming(read.request);
    else fire(read.request);
  };

  return (
    <form
      aria-label="Trade ticket"
      className="flex flex-col gap-1.5 p-4"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <TextField
        label="Symbol"
        value={fields.symbol}
        error={errors.symbol}
        suggestions={quotes.map(({ symbol }) => symbol)}
        onChange={(symbol) => {
          change({ symbol });
        }}
      />
      <LotsField
        bridge={bridge}
        value={fields.lot}
        error={errors.lot}
        onChange={(lot) => {
          change({ lot });
        }}
      />
      <StopField
        label="Stop loss"
        bridge={bridge}
        quote={quote}
        value={fields.sl}
        error={errors.sl}
        onChange={(sl) => {
          change({ sl });
        }}
      />
      <StopField
        label="Take profit"
        bridge={bridge}
        quote={quote}
        value={fields.tp}
        error={errors.tp}
        onChange={(tp) => {
          change({ tp });
        }}
      />
      <TextField
        label="Signal ID"
        value={fields.signalId}
        error={errors.signal_id}
        placeholder="empty: one is made"
        mono
        onChange={(signalId) => {
          change({ signalId });
        }}
      />
      <div className="mt-1">
        <div className="grid grid-cols-2 gap-2">
          <TradeButton
            side="sell"
            disabled={!connected || sending}
            onPress={() => {
              press('sell');
            }}
          />
          <TradeButton
            side="buy"
            disabled={!connected || sending}
            onPress={() => {
              press('buy');
            }}
          />
        </div>
        <QuoteLine quote={quote} />
      </div>
      <TicketMessage bridge={bridge} result={result} error={Object.values(errors)[0] ?? null} />
      {confirming !== null && (
        <ConfirmOrder
          bridge={bridge}
          request={confirming}
          quote={quotes.find(({ symbol }) => symbol === confirming.symbol) ?? null}
          onFire={() => {
            fire(confirming);
          }}
          onCancel={() => {
            setConfirming(null);
          }}
        />
      )}
    </form>
  );
}
