import { useState, type ReactElement } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import type { TradePlan } from '../../../src/protocol/sizing.ts';
import { typedStopUnits, type Side, type StopKind, type TypedStopUnit } from '../../../src/protocol/stops.ts';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { TextField } from '../../ui/textField.tsx';
import { CloseButtons } from './closeButtons.tsx';
import { ConfirmClose } from './confirmClose.tsx';
import { ConfirmOrder } from './confirmOrder.tsx';
import { fireOrder, newSignalId, type TicketResult } from './fireOrder.ts';
import { QuoteLine } from './quoteLine.tsx';
import { PlanPreview } from './planPreview.tsx';
import { SizeField } from './sizeField.tsx';
import { changeTicket, emptyTicket, unitOf, type TicketChange, type TicketFields } from './ticketFields.ts';
import {
  closeRequest,
  needsConfirmation,
  readTicket,
  readWish,
  rulesOf,
  unsettledBeside,
  type TicketErrors,
} from './ticketForm.ts';
import { describeStop, digitsOf, instrumentOf, planOf } from './ticketSizing.ts';
import { TicketMessage } from './ticketMessage.tsx';
import { TradeButton } from './tradeButton.tsx';

/** Where a person fires. Nothing in it moves: every message has its place. */
export function Ticket({ bridge }: { bridge: BridgeState }): ReactElement {
  const [fields, setFields] = useState<TicketFields>(emptyTicket);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [confirming, setConfirming] = useState<Confirming | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const confirmOrders = useAppState(({ settings }) => settings.confirmOrders) ?? true;
  const orders = useAppState((app) => app.orders) ?? [];
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const symbol = fields.symbol.trim();
  const market = { quotes, now: useNow() };
  const instrument = instrumentOf(bridge, quotes, symbol);
  const quote = quotes.find((each) => each.symbol === instrument.symbol) ?? null;
  const unit = unitOf(fields, bridge.stopUnit);
  const planFor = (side: Side): TradePlan | null => {
    const read = readWish(fields, side, bridge);
    return 'errors' in read ? null : planOf(read.wish, symbol, bridge, market);
  };
  const disabled = !connected || result?.kind === 'sending';

  const change = (next: TicketChange): void => {
    setFields(changeTicket(fields, next, bridge.stopUnit));
    setErrors({});
  };
  const set =
    (field: 'symbol' | 'size' | StopKind | 'signalId') =>
    (text: string): void => {
      change({ field, text });
    };
  const fire = (request: FireRequest): void => {
    setConfirming(null);
    setErrors({});
    setResult({ kind: 'sending', signalId: request.signalId });
    void fireOrder(request).then(setResult);
  };
  const press = (side: Side): void => {
    const read = readTicket(fields, side, bridge, market, newSignalId);
    if ('errors' in read) {
      setErrors(read.errors);
      return;
    }
    setErrors({});
    const { request, plan } = read;
    if (needsConfirmation(request, confirmOrders, unsettledBeside(orders, request))) setConfirming({ request, plan });
    else fire(request);
  };
  const cancel = (): void => {
    setConfirming(null);
  };
  const stopField = (kind: StopKind): ReactElement => (
    <TextField
      label={kind === 'sl' ? 'Stop loss' : 'Take profit'}
      value={fields.stops[unit][kind]}
      error={errors[kind]}
      hint={describeStop({ unit, value: Number(fields.stops[unit][kind]) }, instrument, quote)}
      decimal
      placeholder="none"
      suffix={unit}
      onChange={set(kind)}
    />
  );

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
          hint={sentAs(symbol, instrument.symbol)}
          suggestions={quotes.map((each) => each.symbol)}
          onChange={set('symbol')}
        />
        <SizeField
          fields={fields}
          limits={rulesOf(bridge, symbol).lots}
          currency={bridge.currency}
          error={errors.lot}
          onSize={set('size')}
          onSizeBy={(sizeBy) => {
            change({ sizeBy });
          }}
        />
      </div>
      <div className="flex h-6 items-center justify-between">
        <span className="text-xs text-muted">Stops in</span>
        <ChoiceGroup
          label="Stops in"
          values={typedStopUnits}
          names={unitNames}
          value={unit}
          onChange={(stopUnit) => {
            change({ stopUnit });
          }}
        />
      </div>
      <div className="grid grid-cols-2 gap-x-3">
        {stopField('sl')}
        {stopField('tp')}
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
        <PlanPreview bridge={bridge} sell={planFor('sell')} buy={planFor('buy')} digits={digitsOf(instrument, quote)} />
      </div>
      <CloseButtons
        symbol={symbol}
        disabled={disabled}
        onPress={(closing) => {
          setConfirming({ request: closeRequest(bridge, closing, newSignalId), plan: null });
        }}
      />
      <TicketMessage bridge={bridge} result={result} error={Object.values(errors)[0] ?? null} />
      {confirming !== null &&
        (confirming.plan === null ? (
          <ConfirmClose bridge={bridge} request={confirming.request} onClose={fire} onCancel={cancel} />
        ) : (
          <ConfirmOrder
            bridge={bridge}
            request={confirming.request}
            plan={confirming.plan}
            quotes={quotes}
            unsettled={unsettledBeside(orders, confirming.request)}
            onFire={fire}
            onCancel={cancel}
          />
        ))}
    </form>
  );
}

/** Asked about before it is fired. A close amounts to nothing that could be told before. */
interface Confirming {
  request: FireRequest;
  plan: TradePlan | null;
}

const unitNames: Record<TypedStopUnit, string> = { points: 'Points', pips: 'Pips', price: 'Price' };

function sentAs(typed: string, sent: string): { text: string; warning: false } | null {
  return typed === sent ? null : { text: `sent as ${sent}`, warning: false };
}
