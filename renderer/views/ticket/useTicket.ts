import { useState } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { Quote } from '../../../src/domain/market/quote.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { isMoneyAtStake } from '../../../src/api/state/accountStake.ts';
import { brokerSymbol } from '../../../src/domain/market/symbolTable.ts';
import { seenNow } from '../../../src/api/presentation/seenNow.ts';
import type { TicketPreset, TicketSettings } from '../../../src/api/settings/ticketSettings.ts';
import type { Side, TypedStopUnit } from '../../../src/domain/sizing/stops.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import { fireOrder, newSeed, signalIdOf, type TicketResult } from './form/fireOrder.ts';
import { useDayRange } from './form/useDayRange.ts';
import { oneClickKey } from './form/oneClickKey.ts';
import { tradersName } from './form/symbolChoices.ts';
import type { Asking, OrderQuestion } from './confirm/asking.ts';
import { marketAt } from './form/ticketEntry.ts';
import { repetitionOf, type Repetition } from './form/repetition.ts';
import { orderDoubts } from './form/ticketDoubts.ts';
import { unitOf, type TicketChange, type TicketFields } from './form/ticketFields.ts';
import { stopTexts } from './form/ticketSizing.ts';
import { digitsOf, instrumentOf } from '../../shared/symbolContext.ts';
import {
  changedElsewhere,
  changeTicketOf,
  keepTicket,
  lookAtSide,
  useTicketFields,
  useTicketSide,
} from './form/ticketStore.ts';
import type { AskedBy } from '../../shared/startOf.ts';
import type { Block } from '../../shared/blockWords.ts';
import { useConnectedBlock } from '../../shared/useConnectedBlock.ts';
import { ticketFigures, type TicketFigures } from './form/ticketFigures.ts';
import { closeRequest, needsConfirmation, readTicket, unsettledBeside } from './form/ticketForm.ts';
import type { TicketErrors } from './form/ticketErrors.ts';
import { fillFrom, presetsOf } from './form/ticketMemory.ts';
import { unwaited } from '../../store/unwaited.ts';

const noOrders: readonly Order[] = [];

/** The ticket's content and actions. */
export interface TicketControl {
  fields: TicketFields;
  errors: TicketErrors;
  asking: Asking | null;
  result: TicketResult | null;
  side: Side;
  figures: TicketFigures;
  quotes: Quote[];
  /** The traders' name of the symbol. */
  named: string;
  unit: TypedStopUnit;
  oneClick: boolean;
  connected: boolean;
  waiting: boolean;
  /** Why nothing can be bought or sold now; null: it can. */
  block: Block | null;
  /** The order that another one would repeat within the duplicate window; null: none. */
  repetitions: Record<Side, Repetition | null>;
  /** Number of presets filled in so far. */
  filled: number;
  /** Number of presses that a block has stopped. */
  stopped: number;
  change: (change: TicketChange) => void;
  /** Chooses the unit of the stops and converts what is typed. */
  chooseUnit: (unit: TypedStopUnit) => void;
  keep: (ticket: TicketSettings) => void;
  apply: (preset: TicketPreset) => void;
  /** Chooses a symbol with its default preset. */
  choose: (symbol: string) => void;
  look: (side: Side) => void;
  /** A shortcut asks in any mode: it is no press of the button. */
  press: (side: Side, by: AskedBy) => void;
  /** A finger has rested on Buy or Sell: nothing is sent. */
  rested: () => void;
  /** @param symbol as typed; null: all symbols; left out: the ticket's */
  close: (by: AskedBy, symbol?: string | null) => void;
  fire: (request: FireRequest) => void;
  ask: (asking: Asking | null) => void;
  switchOneClick: (on: boolean) => void;
}

export function useTicket(bridge: BridgeState): TicketControl {
  const fields = useTicketFields(bridge);
  const side = useTicketSide(bridge);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [asking, setAsking] = useState<Asking | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const [seed, setSeed] = useState(newSeed);
  /** The account for which one-click was switched on in this window; never kept. */
  const [oneClickFor, setOneClickFor] = useState<string | null>(null);
  const [filled, setFilled] = useState(0);
  const [stopped, setStopped] = useState(0);
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const now = useNow();
  const market = { quotes, now };
  const orders = useAppState((app) => app.orders) ?? noOrders;
  const account = oneClickKey(bridge.account);
  const oneClick = oneClickFor === account;
  // Another account, even for a moment, switches one-click off: it must not come back by itself.
  if (oneClickFor !== null && !oneClick) setOneClickFor(null);
  const dayRange = useDayRange(bridge.id, brokerSymbol(bridge, fields.symbol.trim()));
  const waiting = result?.kind === 'sending';
  const block = useConnectedBlock(bridge);
  /** An order that was confirmed but refused because it had changed: it is asked about again in its current form. */
  const [changed, setChanged] = useState<{ question: OrderQuestion; why: string } | null>(null);

  const change = (next: TicketChange): void => {
    changeTicketOf(bridge, next);
    setErrors({});
  };
  const apply = (preset: TicketPreset, chosen = fields.symbol): void => {
    keepTicket(bridge, fillFrom({ ...fields, symbol: chosen }, preset));
    setErrors({});
    setFilled((count) => count + 1);
  };
  const withSeen = (request: FireRequest): FireRequest => ({
    ...request,
    seen: seenNow(bridge, quotes, request.symbol),
  });
  const fire = (request: FireRequest): void => {
    const question = asking?.about === 'order' ? asking : null;
    setAsking(null);
    setErrors({});
    setSeed(newSeed());
    setResult({ kind: 'sending', signalId: request.signalId });
    unwaited(
      fireOrder(request).then((answer) => {
        // A close can be fired while a trade is still on its way: the last one's result is shown.
        setResult((now) => (now?.kind === 'sending' && now.signalId === request.signalId ? answer : now));
        const why = answer.kind === 'order' ? answer.changed : undefined;
        // Not over another question, which has its own keys.
        if (question !== null && why !== undefined && document.querySelector('dialog:modal') === null)
          setChanged({ question, why });
      }),
    );
  };
  const read = (of: Side, typed = fields): ReturnType<typeof readTicket> =>
    readTicket(typed, of, bridge, market, signalIdOf(seed));
  if (changed !== null) {
    setChanged(null);
    const { question, why } = changed;
    const anew = read(question.side, question.typed);
    if ('errors' in anew) setErrors(anew.errors);
    else if (asking === null)
      setAsking({ ...question, ...anew, request: withSeen(anew.request), problem: null, changed: why });
  }
  /** The order in question as it stands now: what was typed is read anew with each quote. */
  const askedNow = (): Asking | null => {
    if (asking?.about !== 'order') return asking;
    const { request, side: of, typed } = asking;
    const anew = read(of, typed);
    if ('errors' in anew) return { ...asking, problem: Object.values(anew.errors)[0] ?? null };
    if (request.seen === undefined) return asking;
    const { price } = seenNow(bridge, quotes, request.symbol);
    return { ...asking, ...anew, request: { ...anew.request, seen: { ...request.seen, price } }, problem: null };
  };
  const repetition = (of: Side, symbol = fields.symbol.trim()): Repetition | null =>
    repetitionOf(of, symbol, bridge, orders, now);
  const figures = ticketFigures(fields, side, bridge, market, signalIdOf(seed));
  return {
    ...{
      fields,
      errors,
      asking: askedNow(),
      result,
      side,
      quotes,
      oneClick,
      connected,
      waiting,
      block,
      filled,
      stopped,
      change,
      apply,
      fire,
      figures,
    },
    repetitions: { sell: repetition('sell'), buy: repetition('buy') },
    named: tradersName(bridge, fields.symbol.trim()),
    unit: unitOf(fields, bridge.stopUnit),
    chooseUnit: (unit) => {
      const { instrument, quote, views } = figures;
      const digits = digitsOf(instrument, quote);
      const converted = { sl: stopTexts(views.sl, digits)[unit], tp: stopTexts(views.tp, digits)[unit] };
      change({ stopUnit: unit, stops: unit === unitOf(fields, bridge.stopUnit) ? fields.stops : converted });
    },
    keep: (ticket) => {
      unwaited(callOrTell('updateBridge', { bridge: bridge.id, changes: { ticket } }, 'It was not kept.'));
    },
    choose: (chosen) => {
      const preset = presetsOf(bridge.ticket, tradersName(bridge, chosen)).find(({ isDefault }) => isDefault);
      if (preset === undefined) change({ field: 'symbol', text: chosen });
      else apply(preset, chosen);
    },
    look: (of) => {
      if (of !== side) lookAtSide(bridge, of);
    },
    press: (of, by) => {
      lookAtSide(bridge, of);
      if (waiting || !connected) return;
      const typed = read(of);
      setErrors('errors' in typed ? typed.errors : {});
      if (block !== null) setStopped((count) => count + 1);
      if (block !== null || 'errors' in typed) return;
      const request = withSeen(typed.request);
      const { app } = appStore.getState();
      const unsettled = unsettledBeside(app, request);
      const atEntry = marketAt(market, request.symbol, request.entry ?? null);
      const instrument = instrumentOf(bridge, atEntry.quotes, request.symbol);
      const doubts = orderDoubts(typed.intent, typed.plan, instrument, bridge, orders, dayRange);
      const isStrayKey = by === 'shortcut' || (by === 'key' && isMoneyAtStake(bridge));
      const asksFirst = isStrayKey || repetition(of, request.symbol) !== null || changedElsewhere(bridge);
      if (needsConfirmation(request, oneClick && !asksFirst, unsettled, doubts))
        setAsking({ about: 'order', ...typed, request, typed: fields, side: of, by, changed: null, problem: null });
      else fire(request);
    },
    rested: () => {
      if (waiting || block !== null) return;
      setErrors({ press: 'Held for more than half a second, so nothing was sent. Tap it shortly to trade.' });
    },
    close: (by, symbol = fields.symbol.trim()) => {
      if (!connected || symbol === '') return;
      // A close is compared with the positions at the moment of its question.
      const request = withSeen(closeRequest(bridge, symbol, signalIdOf(newSeed())));
      setAsking({ about: 'close', request, by });
    },
    ask: setAsking,
    switchOneClick: (on) => {
      setOneClickFor(on ? account : null);
      setAsking(null);
    },
  };
}
