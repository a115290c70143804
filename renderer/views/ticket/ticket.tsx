import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import { isClose } from '../../../src/protocol/signal.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { TextField } from '../../ui/textField.tsx';
import { CloseButtons } from './closeButtons.tsx';
import { ConfirmClose } from './confirmClose.tsx';
import { ConfirmOrder } from './confirmOrder.tsx';
import { fireOrder, newSignalId, type TicketResult } from './fireOrder.ts';
import { LotsField } from './lotsField.tsx';
import { QuoteLine } from './quoteLine.tsx';
import {
  closeRequest,
  describeStop,
  emptyTicket,
  needsConfirmation,
  readTicket,
  rulesOf,
  unsettledBeside,
  type Side,
  type TicketErrors,
  type TicketFields,
} from './ticketForm.ts';
import { TicketMessage } from './ticketMessage.tsx';
import { TradeButton } from './tradeButton.tsx';

/** Where a person fires. Nothing in it moves: every message has its place. */
export function Ticket({ bridge }: { bridge: BridgeState }): ReactElement {
  const [fields, setFields] = useState<TicketFields>(emptyTicket);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [confirming, setConfirming] = useState<FireRequest | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const confirmOrders = useAppState(({ settings }) => settings.confirmOrders) ?? true;
  const orders = useAppState((app) => app.orders) ?? [];
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const symbol = fields.symbol.trim();
  const quote = quotes.find((each) => each.symbol === symbol) ?? null;
  const { lots, stopUnit } = rulesOf(bridge, symbol);
  const disabled = !connected || result?.kind === 'sending';

  const set =
    (field: keyof TicketFields) =>
    (value: string): void => {
      setFields({ ...fields, [field]: value });
      setErrors({});
    };
  const fire = (request: FireRequest): void => {
    setConfirming(null);
    setErrors({});
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
    const { request } = read;
    if (needsConfirmation(request, confirmOrders, unsettledBeside(orders, request))) setConfirming(request);
    else fire(request);
  };
  const cancel = (): void => {
    setConfirming(null);
  };
  const stop = { note: 'two lines', decimal: true, placeholder: 'none', suffix: stopUnit ?? 'no unit' } as const;

  return (
    <form
      aria-label="Trade ticket"
      className="flex flex-col gap-1.5 px-4 pt-3 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Symbol"
          value={fields.symbol}
          error={errors.symbol}
          suggestions={quotes.map((each) => each.symbol)}
          onChange={set('symbol')}
        />
        <LotsField limits={lots} value={fields.lot} error={errors.lot} onChange={set('lot')} />
        <TextField
          label="Stop loss"
          value={fields.sl}
          error={errors.sl}
          hint={describeStop(fields.sl, bridge, quote)}
          onChange={set('sl')}
          {...stop}
        />
        <TextField
          label="Take profit"
          value={fields.tp}
          error={errors.tp}
          hint={describeStop(fields.tp, bridge, quote)}
          onChange={set('tp')}
          {...stop}
        />
      </div>
      <TextField
        label="Signal ID"
        value={fields.signalId}
        error={errors.signal_id}
        placeholder="empty: one is made"
        mono
        onChange={set('signalId')}
      />
      <div>
        <div className="grid grid-cols-2 gap-2">
          <TradeButton side="sell" disabled={disabled} onPress={press} />
          <TradeButton side="buy" disabled={disabled} onPress={press} />
        </div>
        <QuoteLine quote={quote} />
      </div>
      <CloseButtons
        symbol={symbol}
        disabled={disabled}
        onPress={(closing) => {
          setConfirming(closeRequest(bridge.id, closing, newSignalId));
        }}
      />
      <TicketMessage bridge={bridge} result={result} error={Object.values(errors)[0] ?? null} />
      {confirming !== null &&
        (isClose(confirming.action) ? (
          <ConfirmClose bridge={bridge} request={confirming} onClose={fire} onCancel={cancel} />
        ) : (
          <ConfirmOrder
            bridge={bridge}
            request={confirming}
            quote={quotes.find((each) => each.symbol === confirming.symbol) ?? null}
            unsettled={unsettledBeside(orders, confirming)}
            onFire={fire}
            onCancel={cancel}
          />
        ))}
    </form>
  );
}
