import { useState } from 'react';
import type { FireRequest } from '../../../src/api/contract.ts';
import type { Quote } from '../../../src/domain/market/quote.ts';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { seenNow } from '../../../src/api/presentation/seenNow.ts';
import type { TicketPreset, TicketSettings } from '../../../src/api/settings/ticketSettings.ts';
import type { Side, TypedStopUnit } from '../../../src/domain/sizing/stops.ts';
import { appStore } from '../../store/appStore.ts';
import { callOrTell } from '../../store/callApp.ts';
import { useApp, useAppState, useNow } from '../../store/hooks.ts';
import { fireOrder, newSeed, signalIdOf, type TicketResult } from './form/fireOrder.ts';
import { oneClickKey } from './form/oneClickKey.ts';
import { tradersName } from './form/symbolChoices.ts';
import type { Asking } from './confirm/ticketDialogs.tsx';
import { changeTicket, emptyTicket, unitOf, type TicketChange, type TicketFields } from './form/ticketFields.ts';
import { ticketFigures, type TicketFigures } from './form/ticketFigures.ts';
import { needsConfirmation, readTicket, unsettledBeside, type TicketErrors } from './form/ticketForm.ts';
import { fillFrom, presetsOf } from './form/ticketMemory.ts';
import { unwaited } from '../../store/unwaited.ts';

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
  /** Number of presets filled in so far. */
  filled: number;
  change: (change: TicketChange) => void;
  keep: (ticket: TicketSettings) => void;
  apply: (preset: TicketPreset) => void;
  /** Chooses a symbol with its default preset. */
  choose: (symbol: string) => void;
  look: (side: Side) => void;
  /** @param asks confirm in any mode: a window-wide key is no press of the button */
  press: (side: Side, asks?: boolean) => void;
  fire: (request: FireRequest) => void;
  ask: (asking: Asking | null) => void;
  switchOneClick: (on: boolean) => void;
}

export function useTicket(bridge: BridgeState): TicketControl {
  const [fields, setFields] = useState<TicketFields>(emptyTicket);
  const [errors, setErrors] = useState<TicketErrors>({});
  const [asking, setAsking] = useState<Asking | null>(null);
  const [result, setResult] = useState<TicketResult | null>(null);
  const [side, setSide] = useState<Side>('buy');
  const [seed, setSeed] = useState(newSeed);
  /** The account for which one-click was switched on in this window; never kept. */
  const [oneClickFor, setOneClickFor] = useState<string | null>(null);
  const [filled, setFilled] = useState(0);
  const connected = useApp(({ client }) => client !== null);
  const quotes = useAppState(({ quotes: all }) => all[bridge.id]) ?? [];
  const market = { quotes, now: useNow() };
  const account = oneClickKey(bridge.account);
  const oneClick = oneClickFor === account;
  // Another account, even for a moment, switches one-click off: it must not come back by itself.
  if (oneClickFor !== null && !oneClick) setOneClickFor(null);
  const waiting = result?.kind === 'sending';
  /** An order that was confirmed but refused because it had changed: it is asked about again in its current form. */
  const [changed, setChanged] = useState<{ typed: TicketFields; of: Side; why: string } | null>(null);

  const change = (next: TicketChange): void => {
    setFields((now) => changeTicket(now, next, bridge.stopUnit));
    setErrors({});
  };
  const apply = (preset: TicketPreset, chosen = fields.symbol): void => {
    setFields((now) => fillFrom({ ...now, symbol: chosen }, preset));
    setErrors({});
    setFilled((count) => count + 1);
  };
  const withSeen = (request: FireRequest): FireRequest => ({
    ...request,
    seen: seenNow(bridge, quotes, request.symbol),
  });
  const fire = (request: FireRequest): void => {
    const confirmed = asking?.about === 'order' ? { typed: fields, of: side } : null;
    setAsking(null);
    setErrors({});
    setSeed(newSeed());
    setResult({ kind: 'sending', signalId: request.signalId });
    unwaited(
      fireOrder(request).then((answer) => {
        // A close can be fired while a trade is still on its way: the last one's result is shown.
        setResult((now) => (now?.kind === 'sending' && now.signalId === request.signalId ? answer : now));
        const why = answer.kind === 'order' ? answer.changed : undefined;
        if (confirmed !== null && why !== undefined) setChanged({ ...confirmed, why });
      }),
    );
  };
  const read = (of: Side, typed = fields): ReturnType<typeof readTicket> =>
    readTicket(typed, of, bridge, market, signalIdOf(seed));
  if (changed !== null) {
    setChanged(null);
    const anew = read(changed.of, changed.typed);
    if ('errors' in anew) setErrors(anew.errors);
    else if (asking === null) {
      setAsking({ about: 'order', request: withSeen(anew.request), plan: anew.plan, changed: changed.why });
    }
  }
  /** The same order at the current price: the display is renewed with each quote, the order stays as it was asked. */
  const askedNow = (): Asking | null => {
    if (asking?.about !== 'order') return asking;
    const { request } = asking;
    const now = read(side);
    if ('errors' in now || request.seen === undefined || !isSameOrder(request, now.request)) return asking;
    const { price } = seenNow(bridge, quotes, request.symbol);
    return { ...asking, plan: now.plan, request: { ...request, seen: { ...request.seen, price } } };
  };
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
      filled,
      change,
      apply,
      fire,
    },
    figures: ticketFigures(fields, side, bridge, market, signalIdOf(seed)),
    named: tradersName(bridge, fields.symbol.trim()),
    unit: unitOf(fields, bridge.stopUnit),
    keep: (ticket) => {
      unwaited(callOrTell('updateBridge', { bridge: bridge.id, changes: { ticket } }, 'It was not kept.'));
    },
    choose: (chosen) => {
      const preset = presetsOf(bridge.ticket, tradersName(bridge, chosen)).find(({ isDefault }) => isDefault);
      if (preset === undefined) change({ field: 'symbol', text: chosen });
      else apply(preset, chosen);
    },
    look: setSide,
    press: (of, asks = false) => {
      setSide(of);
      if (waiting || !connected) return;
      const now = read(of);
      if ('errors' in now) {
        setErrors(now.errors);
        return;
      }
      setErrors({});
      const { plan } = now;
      const request = withSeen(now.request);
      const unsettled = unsettledBeside(appStore.getState().app, request);
      if (needsConfirmation(request, oneClick && !asks, unsettled))
        setAsking({ about: 'order', request, plan, changed: null });
      else fire(request);
    },
    // A close is compared with the positions at the moment of its question.
    ask: (next) => {
      setAsking(next?.about === 'close' ? { ...next, request: withSeen(next.request) } : next);
    },
    switchOneClick: (on) => {
      setOneClickFor(on ? account : null);
      setAsking(null);
    },
  };
}

function isSameOrder(one: FireRequest, other: FireRequest): boolean {
  return (['action', 'symbol', 'lot', 'sl', 'tp'] as const).every((field) => one[field] === other[field]);
}
