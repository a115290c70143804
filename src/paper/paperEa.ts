import type { PaperFault } from '../api/state/state.ts';
import { v7Lot } from '../domain/v7Lots.ts';
import { paperSymbols, type Bar, type PaperMarket } from './market.ts';
import { brokerLots, type PaperTerminal, type TradeAnswer } from './terminal.ts';
import { brokerTime, money, quoted, readKey, readNumber, writeObject } from './v7Text.ts';

export interface PaperEaOptions {
  uuid: string;
  login: number;
  server: string;
  fault: PaperFault;
  delayMs: number;
}

export interface PaperEaActions {
  send: (text: string) => void;
  later: (ms: number, action: () => void) => void;
  /** Tears the sockets down, and opens them again as v7 does. */
  dropConnection: () => void;
  now: () => number;
}

const version = '7.01';

/** BITTEN's EA v7 as it behaves on the wire (W2–W14), on a simulated terminal, with faults to choose from. */
export class PaperEa {
  private readonly market: PaperMarket;
  private readonly terminal: PaperTerminal;
  private readonly options: PaperEaOptions;
  private readonly actions: PaperEaActions;
  private fault: PaperFault;
  private readonly startedAt: number;
  private received = 0;
  private sent = 0;
  private executed = 0;
  private errors = 0;

  constructor(market: PaperMarket, terminal: PaperTerminal, options: PaperEaOptions, actions: PaperEaActions) {
    this.market = market;
    this.terminal = terminal;
    this.options = options;
    this.actions = actions;
    this.fault = options.fault;
    this.startedAt = actions.now();
  }

  setFault(fault: PaperFault): void {
    this.fault = fault;
  }

  status(status: string, message: string): void {
    const { login, server } = this.options;
    this.send({
      type: quoted('status'),
      status: quoted(status),
      message: quoted(message),
      ea_version: quoted(version),
      account: String(login),
      server: quoted(server),
      timestamp: this.timestamp(),
    });
  }

  heartbeat(): void {
    const { balance, equity, positions } = this.terminal.figures();
    this.send({
      type: quoted('heartbeat'),
      balance: money(balance),
      equity: money(equity),
      positions: String(positions),
      timestamp: this.timestamp(),
    });
  }

  /** The documented telemetry (W10), which v7 itself doesn't send. */
  telemetry(): void {
    const { balance, equity, margin } = this.terminal.figures();
    this.send({
      type: quoted('telemetry'),
      uuid: quoted(this.options.uuid),
      balance: money(balance),
      equity: money(equity),
      margin: money(margin),
    });
  }

  /** One tick of the market, told for every symbol. */
  ticks(): void {
    const seconds = Math.floor(this.actions.now() / 1000);
    this.market.step(seconds);
    this.terminal.checkStops();
    for (const { symbol } of paperSymbols) {
      const quote = this.market.quote(symbol);
      if (quote === null) continue;
      this.send({
        type: quoted('tick'),
        symbol: quoted(symbol),
        bid: quote.bid.toFixed(5),
        ask: quote.ask.toFixed(5),
        spread: quote.spread.toFixed(1),
        volume: '0',
        timestamp: String(seconds),
      });
    }
  }

  candles(): void {
    const seconds = Math.floor(this.actions.now() / 1000);
    for (const { symbol } of paperSymbols) {
      const bars = (minutes: 1 | 5 | 15): string => writeBars(this.market.bars(symbol, minutes, 5));
      const timestamp = String(seconds);
      this.send({
        type: quoted('candle_batch'),
        symbol: quoted(symbol),
        timestamp,
        M1: bars(1),
        M5: bars(5),
        M15: bars(15),
      });
    }
  }

  /** One command, as v7 takes them from its timer. */
  command(text: string): void {
    this.received += 1;
    switch (readKey(text, 'type')) {
      case 'ping':
        this.send({ type: quoted('pong'), timestamp: this.timestamp() });
        break;
      case 'signal':
        this.signal(text);
        break;
      case 'command':
        this.control(readKey(text, 'command'));
        break;
      case 'config':
        this.config(readKey(text, 'param'), readKey(text, 'value'));
        break;
      default:
        // v7 says nothing to what it doesn't know.
        break;
    }
  }

  private control(command: string): void {
    if (command === 'status') this.statusReport();
    else if (command === 'reset') this.status('reset', 'Statistics reset');
  }

  private config(param: string, value: string): void {
    if (param === 'slippage') this.status('config', `Slippage updated to ${value}`);
    else if (param === 'magic_number') this.status('config', `Magic number updated to ${value}`);
  }

  private signal(text: string): void {
    const id = readKey(text, 'signal_id');
    if (this.fault === 'reject') {
      this.error(id, 'Trade is not allowed');
      return;
    }
    const answer = this.execute(text);
    switch (this.fault) {
      case 'none':
      case 'fewer_lots':
        answer(id);
        break;
      case 'delay':
        this.actions.later(this.options.delayMs, () => {
          answer(id);
        });
        break;
      case 'silent':
        break;
      case 'drop':
        this.actions.dropConnection();
        break;
      case 'twice':
        answer(id);
        answer(id);
        break;
      case 'stranger':
        answer(id);
        answer('NEVER_SENT_1');
        break;
    }
  }

  /** Trades, and gives back how to tell of it. */
  private execute(text: string): (id: string) => void {
    const action = readKey(text, 'action');
    const symbol = readKey(text, 'symbol');
    const fails = (error: string) => (id: string) => {
      this.error(id, error);
    };
    if (symbol === '' || action === '') return fails('Invalid signal parameters');
    if (action === 'close' || action === 'close_all') {
      const closed = this.terminal.close(action === 'close' ? symbol : null);
      if (closed === 0 && action === 'close') return fails(`No positions found for ${symbol}`);
      return (id) => {
        this.result(id, '0', '0.00000', `Closed ${String(closed)} positions`);
      };
    }
    if (action !== 'buy' && action !== 'sell') return fails(`Unknown action: ${action}`);
    const answer: TradeAnswer = this.terminal.open({
      side: action,
      symbol,
      lot: this.fault === 'fewer_lots' ? v7Lot(readNumber(text, 'lot'), brokerLots) : readNumber(text, 'lot'),
      slPoints: readNumber(text, 'sl'),
      tpPoints: readNumber(text, 'tp'),
    });
    if (answer.ok) this.executed += 1;
    return (id) => {
      if (answer.ok)
        this.result(
          id,
          String(answer.ticket),
          answer.price.toFixed(5),
          '',
          this.fault === 'fewer_lots' ? answer.lot : null,
        );
      else this.error(id, answer.error);
    };
  }

  /** @param lot that it tells as traded; null: none, as v7 does */
  private result(id: string, ticket: string, price: string, message: string, lot: number | null = null): void {
    const { balance, equity, margin } = this.terminal.figures();
    this.send({
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
      timestamp: this.timestamp(),
    });
  }

  private error(id: string, error: string): void {
    this.errors += 1;
    this.send({ type: quoted('error'), signal_id: quoted(id), error: quoted(error), timestamp: this.timestamp() });
  }

  private statusReport(): void {
    const { balance, equity, margin, positions } = this.terminal.figures();
    this.send({
      type: quoted('status_report'),
      connected: 'true',
      uptime: String(Math.floor((this.actions.now() - this.startedAt) / 1000)),
      messages_received: String(this.received),
      messages_sent: String(this.sent),
      trades_executed: String(this.executed),
      errors: String(this.errors),
      open_positions: String(positions),
      account_balance: money(balance),
      account_equity: money(equity),
      account_margin: money(margin),
      timestamp: this.timestamp(),
    });
  }

  private send(fields: Record<string, string>): void {
    this.sent += 1;
    this.actions.send(writeObject(fields));
  }

  private timestamp(): string {
    return quoted(brokerTime(this.actions.now()));
  }
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
