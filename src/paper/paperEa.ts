import type { PaperFault } from '../api/state/state.ts';
import { v7Lot } from '../domain/v7Lots.ts';
import { type Bar, paperSymbols, type PaperMarket } from './market.ts';
import { brokerLots, type PaperTerminal, type TradeAnswer } from './terminal.ts';
import {
  candleFrame,
  errorFrame,
  heartbeatFrame,
  pongFrame,
  statusFrame,
  statusReportFrame,
  telemetryFrame,
  type Frame,
  tickFrame,
  type TradeReport,
  tradeResultFrame,
} from './v7Frames.ts';
import { brokerTime, quoted, readKey, readNumber, writeObject } from './v7Text.ts';

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
  /** Closes the sockets and opens them again, as v7 does. */
  dropConnection: () => void;
  now: () => number;
}

const version = '7.01';
/** Time between two sends of bars, s. */
const candleSeconds = 5;

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
  /** When bars were last sent, s. */
  private candlesAt = 0;

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
    this.send(statusFrame(this.options, { version, status, message }, this.timestamp()));
  }

  heartbeat(): void {
    this.send(heartbeatFrame(this.terminal.figures(), this.timestamp()));
  }

  /** The documented telemetry (W10), which v7 itself doesn't send. */
  telemetry(): void {
    this.send(telemetryFrame(this.options.uuid, this.terminal.figures()));
  }

  /** One step of the market: a tick of every symbol, and its bars every {@link candleSeconds}, as v7's OnTick sends them. */
  ticks(): void {
    const seconds = Math.floor(this.actions.now() / 1000);
    this.market.step(seconds);
    this.terminal.checkStops();
    for (const { symbol } of paperSymbols) {
      const quote = this.market.quote(symbol);
      if (quote !== null) this.send(tickFrame(symbol, quote, seconds));
    }
    if (seconds - this.candlesAt < candleSeconds) return;
    this.candlesAt = seconds;
    for (const { symbol } of paperSymbols) {
      // v7 copies the last ten bars, oldest first, and sends the first five of them: never the last five.
      const sent = (minutes: 1 | 5 | 15): Bar[] => this.market.bars(symbol, minutes, 10).slice(0, 5);
      this.send(candleFrame(symbol, sent, seconds));
    }
  }

  /** Executes one command, as v7's timer does. */
  command(text: string): void {
    this.received += 1;
    switch (readKey(text, 'type')) {
      case 'ping':
        this.send(pongFrame(this.timestamp()));
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
        // v7 ignores unknown types.
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

  /** Executes a trade. @returns sends the outcome under a signal ID */
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
        this.result({ id, ticket: '0', price: '0.00000', message: `Closed ${String(closed)} positions`, lot: null });
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
        this.result({
          id,
          ticket: String(answer.ticket),
          price: answer.price.toFixed(5),
          message: '',
          lot: this.fault === 'fewer_lots' ? answer.lot : null,
        });
      else this.error(id, answer.error);
    };
  }

  private result(trade: TradeReport): void {
    this.send(tradeResultFrame(trade, this.terminal.figures(), this.timestamp()));
  }

  private error(id: string, error: string): void {
    this.errors += 1;
    this.send(errorFrame(id, error, this.timestamp()));
  }

  private statusReport(): void {
    const counts = {
      uptime: Math.floor((this.actions.now() - this.startedAt) / 1000),
      received: this.received,
      sent: this.sent,
      executed: this.executed,
      errors: this.errors,
    };
    this.send(statusReportFrame(counts, this.terminal.figures(), this.timestamp()));
  }

  private send(fields: Frame): void {
    this.sent += 1;
    this.actions.send(writeObject(fields));
  }

  private timestamp(): string {
    return quoted(brokerTime(this.actions.now()));
  }
}
