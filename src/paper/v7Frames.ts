import type { Bar, PaperMarket } from './market.ts';
import type { PaperTerminal } from './terminal.ts';
import { money, quoted, writeObject } from './v7Text.ts';

// Frames of EA v7 (W7 to W14): field names, their order and their number formats.

/** Field names and their values as JSON text. */
export type Frame = Record<string, string>;

type Figures = ReturnType<PaperTerminal['figures']>;

/** A trade that the terminal carried out. */
export interface TradeReport {
  id: string;
  ticket: string;
  price: string;
  message: string;
  /** Lots that the frame reports as traded; null: it has no such field, as in v7. */
  lot: number | null;
}

export const pongFrame = (timestamp: string): Frame => ({ type: quoted('pong'), timestamp });

export function statusFrame(
  account: { login: number; server: string },
  { version, status, message }: { version: string; status: string; message: string },
  timestamp: string,
): Frame {
  return {
    type: quoted('status'),
    status: quoted(status),
    message: quoted(message),
    ea_version: quoted(version),
    account: String(account.login),
    server: quoted(account.server),
    timestamp,
  };
}

export function heartbeatFrame({ balance, equity, positions }: Figures, timestamp: string): Frame {
  return {
    type: quoted('heartbeat'),
    balance: money(balance),
    equity: money(equity),
    positions: String(positions),
    timestamp,
  };
}

export function telemetryFrame(uuid: string, { balance, equity, margin }: Figures): Frame {
  return {
    type: quoted('telemetry'),
    uuid: quoted(uuid),
    balance: money(balance),
    equity: money(equity),
    margin: money(margin),
  };
}

/** @param seconds Unix time */
export function tickFrame(symbol: string, quote: { bid: number; ask: number; spread: number }, seconds: number): Frame {
  return {
    type: quoted('tick'),
    symbol: quoted(symbol),
    bid: quote.bid.toFixed(5),
    ask: quote.ask.toFixed(5),
    spread: quote.spread.toFixed(1),
    volume: '0',
    timestamp: String(seconds),
  };
}

/** @param seconds Unix time */
export function candleFrame(symbol: string, bars: (minutes: Minutes) => Bar[], seconds: number): Frame {
  return {
    type: quoted('candle_batch'),
    symbol: quoted(symbol),
    timestamp: String(seconds),
    M1: writeBars(bars(1)),
    M5: writeBars(bars(5)),
    M15: writeBars(bars(15)),
  };
}

type Minutes = Parameters<PaperMarket['bars']>[1];

export function tradeResultFrame(
  { id, ticket, price, message, lot }: TradeReport,
  { balance, equity, margin }: Figures,
  timestamp: string,
): Frame {
  return {
    type: quoted('trade_result'),
    signal_id: quoted(id),
    status: quoted('success'),
    ticket,
    price,
    ...(lot === null ? {} : { lot: lot.toFixed(2) }),
    message: quoted(message),
    balance: money(balance),
    equity: money(equity),
    margin: money(margin),
    timestamp,
  };
}

export function errorFrame(id: string, error: string, timestamp: string): Frame {
  return { type: quoted('error'), signal_id: quoted(id), error: quoted(error), timestamp };
}

/** Counts since the EA started; `uptime` in seconds. */
export interface EaCounts {
  uptime: number;
  received: number;
  sent: number;
  executed: number;
  errors: number;
}

export function statusReportFrame(
  counts: EaCounts,
  { balance, equity, margin, positions }: Figures,
  timestamp: string,
): Frame {
  return {
    type: quoted('status_report'),
    connected: 'true',
    uptime: String(counts.uptime),
    messages_received: String(counts.received),
    messages_sent: String(counts.sent),
    trades_executed: String(counts.executed),
    errors: String(counts.errors),
    open_positions: String(positions),
    account_balance: money(balance),
    account_equity: money(equity),
    account_margin: money(margin),
    timestamp,
  };
}

function writeBars(bars: Bar[]): string {
  const rows = bars.map((bar) =>
    writeObject({
      time: String(bar.time),
      open: bar.open.toFixed(5),
      high: bar.high.toFixed(5),
      low: bar.low.toFixed(5),
      close: bar.close.toFixed(5),
      volume: String(bar.volume),
    }),
  );
  return `[${rows.join(',')}]`;
}
