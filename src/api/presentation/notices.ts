import { isChange } from '../../domain/tradeTerms.ts';
import { kindOfEntry } from './entryWords.ts';
import { changeWords } from './changeWords.ts';
import type { NoticeKind } from '../settings/desktopSettings.ts';
import { asSentence } from '../../base/asSentence.ts';
import { shownState, type Order } from '../../domain/orders/order.ts';
import { orderKey, type OrderRef } from '../../domain/orders/orderRef.ts';
import { decimalsOf, figuresIn } from './localFigures.ts';
import { nextStepOf } from './nextStepOf.ts';
import { channelNames, type AppState, type BridgeState } from '../state/state.ts';

/** A notification of the system about something that happened while the desk was out of sight. */
export interface SystemNotification {
  kind: NoticeKind;
  title: string;
  body: string;
  /** The order that it is about. */
  order: OrderRef | null;
}

const { formatLots, formatNumber, formatPlain, formatPrice } = figuresIn(undefined);

/** A refused order is notified within this time after it was fired, in ms. */
const freshMs = 10_000;

/**
 * Notifications for the difference between two states of the app, whether an event or a new snapshot lies between them.
 * Actions of a person by hand are left out.
 * @param at epoch ms of `after`
 */
export function noticesBetween(before: AppState, after: AppState, at: number): SystemNotification[] {
  return [
    ...(before.bridges === after.bridges ? [] : bridgeNotices(before, after)),
    ...(before.orders === after.orders ? [] : orderNotices(before, after, at)),
    ...(before.waiting === after.waiting ? [] : signalNotices(before, after)),
  ];
}

function orderNotices(before: AppState, after: AppState, at: number): SystemNotification[] {
  const known = new Map(before.orders.map((order) => [orderKey(order), order]));
  const names = new Map(after.bridges.map((bridge) => [bridge.id, nameOf(bridge)]));
  return after.orders.flatMap((order) => {
    const earlier = known.get(orderKey(order));
    const isNews =
      earlier === undefined
        ? shownState(order) === 'refused' && at - order.at < freshMs
        : earlier.state !== order.state && order.settledBy === null;
    return isNews ? orderNotice(order, names.get(order.bridge) ?? order.bridge) : [];
  });
}

function orderNotice(order: Order, bridge: string): SystemNotification[] {
  const what = describe(order);
  const where = `${order.signalId} · ${bridge}`;
  const notice = (kind: NoticeKind, title: string, text: string): SystemNotification[] => [
    {
      kind,
      title,
      body: text === '' ? where : `${text}\n${where}`,
      order: { bridge: order.bridge, number: order.number },
    },
  ];
  switch (order.state) {
    case 'sent':
      return [];
    case 'placed':
    case 'cancelled':
      return [];
    case 'filled':
      return notice('fill', `${filledWord(order)}${order.late ? ' late' : ''}: ${what}`, fillText(order));
    case 'rejected':
      return notice(
        'reject',
        `Rejected: ${what}`,
        `${asSentence(order.message ?? 'The EA gave no reason.')} ${nextStepOf(order) ?? ''}`.trim(),
      );
    case 'unknown':
      return notice('unknown', `Unknown: ${what}`, 'Look in MT5, then settle it. It is not sent again by itself.');
    case 'refused': {
      const { code, reason, nextStep } = order.refusal ?? {
        code: '',
        reason: 'The desk did not send it.',
        nextStep: '',
      };
      const kind = code.startsWith('risk_') ? 'limit' : 'reject';
      return notice(kind, `Refused: ${what}`, `${reason} ${nextStep}`.trim());
    }
  }
}

function filledWord({ action }: Order): string {
  return isChange(action) ? 'Done' : 'Filled';
}

function fillText({ ticket, price, quote, unverified }: Order): string {
  if (unverified) return 'The EA named no ticket or price: look in MT5.';
  const parts = [ticket === null ? null : `Ticket ${ticket}`, price === null ? null : `at ${priceWords(price, quote)}`];
  return parts.filter((part) => part !== null).join(' ');
}

function priceWords(price: number, quote: Order['quote']): string {
  const decimals = decimalsOf(price, quote);
  return decimals === null ? formatPlain(price) : formatPrice(price, decimals);
}

function describe({ action, symbol, lot, change = null, entry = null }: Order): string {
  if (change !== null) return `${changeWords(change, { formatLots, formatPlain })}, ${symbol}`;
  switch (action) {
    case 'buy':
      return `Buy${kindOfEntry(entry)} ${formatLots(lot)} ${symbol}`;
    case 'sell':
      return `Sell${kindOfEntry(entry)} ${formatLots(lot)} ${symbol}`;
    case 'close':
      return `Close ${symbol}`;
    default:
      return 'Close all';
  }
}

/** Signals that began to wait for a person. */
function signalNotices(before: AppState, after: AppState): SystemNotification[] {
  const known = new Set(before.waiting.map(({ number }) => number));
  const names = new Map(after.bridges.map((bridge) => [bridge.id, nameOf(bridge)]));
  return after.waiting
    .filter(({ number }) => !known.has(number))
    .map(({ source, bridge, asked, expiresAt, at }) => ({
      kind: 'signal',
      title: `A signal waits for you: ${asked}`,
      body: `By ${source}${bridge === null ? '' : ` · ${names.get(bridge) ?? bridge}`}\nFire or dismiss it in the desk. It expires after ${String(Math.round((expiresAt - at) / 1_000))} s.`,
      order: null,
    }));
}

function bridgeNotices(before: AppState, after: AppState): SystemNotification[] {
  const known = new Map(before.bridges.map((bridge) => [bridge.id, bridge]));
  return after.bridges.flatMap((bridge) => {
    const earlier = known.get(bridge.id);
    if (earlier === undefined || earlier === bridge) return [];
    return [...connectionNotices(earlier, bridge), ...limitNotices(earlier, bridge)];
  });
}

function connectionNotices(before: BridgeState, after: BridgeState): SystemNotification[] {
  const was = isDown(before);
  const is = isDown(after);
  if (was === is) return [];
  const name = nameOf(after);
  const notice = (title: string, body: string): SystemNotification[] => [
    { kind: 'disconnect', title, body, order: null },
  ];
  return is
    ? notice(`${name}: the EA is disconnected`, 'Orders are refused until it is back. Look whether MT5 still runs.')
    : notice(`${name}: the EA is back`, after.armed ? 'The bridge is armed.' : 'The bridge is not armed.');
}

/** Notifications for limits that became `blocked`, which refuse every trade; none until the account's figures are current. */
function limitNotices(before: BridgeState, after: BridgeState): SystemNotification[] {
  if (before.stream !== 'current' || after.stream !== 'current') return [];
  const broken = new Set(before.risk.filter(({ state }) => state === 'blocked').map(({ code }) => code));
  return after.risk
    .filter(({ code, state }) => state === 'blocked' && !broken.has(code))
    .map(({ name, value, limit, unit }) => ({
      kind: 'limit',
      title: `${nameOf(after)}: ${name.toLowerCase()} is at its limit`,
      body: `${figure(value, unit)}, the limit is ${figure(limit, unit)}. Every buy and sell is refused.`,
      order: null,
    }));
}

function figure(value: number | null, unit: '%' | 'trades' | 'account currency'): string {
  if (value === null) return 'unknown';
  if (unit === '%') return `${formatNumber(value, 1)} %`;
  return formatNumber(value, unit === 'trades' ? 0 : 2);
}

function isDown({ channels }: BridgeState): boolean {
  return channelNames.some((name) => channels[name].state === 'down');
}

const nameOf = ({ name, kind }: BridgeState): string => (kind === 'paper' ? `${name} (PAPER)` : name);
