import type { PaperFault } from '../api/state/state.ts';
import { v7Lot } from '../domain/v7Lots.ts';
import { type Command8, command8Schema } from '../protocol/protocol8/commands.ts';
import { protocolVersion } from '../protocol/protocol8/fields.ts';
import type { KnownId } from '../protocol/protocol8/reports.ts';
import { pointOf, type PaperMarket } from './market.ts';
import type { PaperEa, PaperEaActions, PaperEaOptions } from './paperEa.ts';
import { PaperTrades } from './paperTrades.ts';
import { brokerLots, eaMagic, type PaperTerminal } from './terminal.ts';

type Report = { type: 'trade_result' | 'error'; signal_id: string } & Record<string, unknown>;
type Entry = Extract<Command8, { type: 'signal' }>;
type Reconcile = Extract<Command8, { type: 'reconcile' }>;
type CloseAll = Extract<Command8, { type: 'close_all' }>;

/** What the store has of an ID. */
interface Stored {
  /** The command without what differs when it is sent again. */
  content: string;
  /** The first report; null: still being traded. */
  result: Report | null;
}

const idsAPage = 200;

/**
 * An EA of protocol 8 on the simulated terminal (N1–N9): market orders, closes, reconciliation and its own close-only
 * switch. Its store begins new with each start. Until it is welcomed, and for quotes, it speaks as the documented one.
 */
export class PaperEa8 {
  private readonly market: PaperMarket;
  private readonly terminal: PaperTerminal;
  private readonly documented: PaperEa;
  private readonly options: PaperEaOptions;
  private readonly actions: PaperEaActions;
  private readonly trades: PaperTrades;
  private fault: PaperFault;
  private session: string | null = null;
  /** The highest count of starts that any desk has told. */
  private epoch = 0;
  /** The welcoming desk's count is lower: it may close, and no more. */
  private isOther = false;
  private closeOnly = false;
  private sequence = 0;
  private readonly store = new Map<string, Stored>();
  /** Sessions that have been welcomed since the start. */
  private readonly sessions = new Set<string>();
  /** IDs that a reconciliation has declared as never seen: refused for good. */
  private readonly tombstones = new Set<string>();

  constructor(
    market: PaperMarket,
    terminal: PaperTerminal,
    documented: PaperEa,
    options: PaperEaOptions,
    actions: PaperEaActions,
  ) {
    this.market = market;
    this.terminal = terminal;
    this.documented = documented;
    this.options = options;
    this.actions = actions;
    this.fault = options.fault;
    this.trades = new PaperTrades(terminal, actions.now, (message) => {
      this.say(message);
    });
  }

  setFault(fault: PaperFault): void {
    this.fault = fault;
  }

  /** Handles a new connection: the desk must welcome the EA again. */
  joined(): void {
    this.session = null;
  }

  /** Once a second: hello until it is welcomed, what has changed, and telemetry. */
  telemetry(): void {
    const { uuid, login, server } = this.options;
    const { balance, equity, margin, freeMargin, profit, positions } = this.terminal.figures();
    const at = this.actions.now();
    if (this.session === null) {
      const terms = { currency: 'USD', currency_digits: 2, leverage: this.terminal.leverage, trade_mode: 'demo' };
      const allowed = { trade_allowed: true, expert_allowed: true, terminal_connected: true };
      const features = ['reconcile', 'close_all', 'close_only'];
      this.say({
        ...{
          type: 'hello',
          protocol: protocolVersion,
          ea: 'BITTEN paper EA',
          ea_version: '8.0-paper',
          uuid,
          login,
          server,
        },
        ...{ company: 'BITTEN', ...terms, margin_mode: 'hedging', ...allowed, magic: eaMagic, features, store: 'new' },
        ...{ epoch: this.epoch, close_only: this.closeOnly, sent_at: at },
      });
    }
    this.tellTrades();
    this.sequence += 1;
    const money = { balance, equity, margin, free_margin: freeMargin, credit: 0, profit };
    const level = margin > 0 ? { margin_level: (equity / margin) * 100 } : {};
    const counts = { positions, orders: 0, seq: this.sequence };
    this.say({ type: 'telemetry', uuid, account: login, server, ...money, ...level, ...counts, sent_at: at });
  }

  command(text: string): void {
    const read = command8Schema.safeParse(parse(text));
    if (!read.success) {
      if (this.session === null) this.documented.command(text);
      else
        this.say({ type: 'error', signal_id: idIn(text), code: 'invalid', error: 'This command is not understood.' });
      return;
    }
    const command = read.data;
    if (command.type === 'welcome') {
      this.isOther = command.epoch < this.epoch;
      this.epoch = Math.max(this.epoch, command.epoch);
      this.session = command.session;
      this.sessions.add(command.session);
      this.trades.begin();
    } else if (command.session === this.session) this.obey(command);
    else this.refuse(command, 'session', 'The command belongs to another session.');
    this.tellTrades();
  }

  private obey(command: Exclude<Command8, { type: 'welcome' }>): void {
    switch (command.type) {
      case 'ping':
        this.say({ type: 'pong', n: command.n, at: this.actions.now(), session: this.session });
        break;
      case 'signal':
        this.carryOut(command, () => this.enter(command));
        break;
      case 'close_all':
        this.carryOut(command, () => this.close(command));
        break;
      case 'reconcile':
        this.reconcile(command.n, command.orders);
        this.trades.ask(command.since);
        break;
      case 'close_only':
        if (!this.isOther) this.closeOnly = command.on;
        this.say({ type: 'close_only', on: this.closeOnly });
        break;
      case 'subscribe':
        // The paper market has four symbols, which are always sent.
        break;
      default:
        this.refuse(command, 'invalid', 'The paper EA has market orders alone, without changes of positions.');
    }
  }

  private tellTrades(): void {
    if (this.session !== null) this.trades.tell();
  }

  /** Carries out a command once: a repeat gets its first result again, another command under its ID an error. */
  private carryOut(command: Entry | CloseAll, execute: () => Report): void {
    const { signal_id: id } = command;
    const content = JSON.stringify({ ...command, session: '', sent_at: 0 });
    const known = this.store.get(id);
    if (known !== undefined) {
      if (known.content !== content) this.refuse(command, 'duplicate', `Another order has the ID ${id}.`);
      else if (known.result !== null) this.say({ ...known.result, repeat: true });
      return;
    }
    if (this.tombstones.has(id)) {
      this.refuse(command, 'duplicate', `The ID ${id} was declared as never seen, and is refused for good.`);
      return;
    }
    const stored: Stored = { content, result: null };
    this.store.set(id, stored);
    if (this.fault === 'drop') {
      stored.result = execute();
      this.actions.dropConnection();
      return;
    }
    if (this.fault === 'delay') {
      this.actions.later(this.options.delayMs, () => {
        this.settle(stored, execute());
      });
    } else this.settle(stored, execute());
  }

  private settle(stored: Stored, report: Report): void {
    stored.result = report;
    if (this.fault !== 'silent') this.say(report);
    if (this.fault === 'twice') this.say({ ...report, repeat: true });
    if (this.fault === 'stranger') this.say({ ...report, signal_id: 'NEVER_SENT_1' });
  }

  private enter(command: Entry): Report {
    const { signal_id: id, action, symbol, lot, expires_ms, sent_at } = command;
    if (this.isOther) return failed(id, 'epoch', 'A desk with a higher count of starts commands this EA.');
    if (this.closeOnly) return failed(id, 'close_only', 'The EA is closed for entries until it is released.');
    if (this.fault === 'reject') return failed(id, 'trade_disabled', 'Trade is not allowed');
    if (this.actions.now() - sent_at > expires_ms) return failed(id, 'expired', 'The order came too late.');
    if (action !== 'buy' && action !== 'sell') return failed(id, 'invalid', 'The paper EA has market orders alone.');
    const quote = this.market.quote(symbol);
    const spec = this.market.spec(symbol);
    if (quote === null || spec === null) return failed(id, 'symbol', `Invalid symbol: ${symbol}`);
    const price = action === 'buy' ? quote.ask : quote.bid;
    const pointsTo = (stop: number | undefined): number =>
      stop === undefined || stop === 0 ? 0 : Math.round(Math.abs(stop - price) / pointOf(spec));
    const answer = this.terminal.open({
      ...{ side: action, symbol, lot: this.fault === 'fewer_lots' ? v7Lot(lot, brokerLots) : lot },
      ...{ slPoints: command.sl ?? pointsTo(command.sl_price), tpPoints: command.tp ?? pointsTo(command.tp_price) },
      comment: id,
    });
    if (!answer.ok) return failed(id, 'broker', answer.error);
    const { balance, equity, margin } = this.terminal.figures();
    const number = String(answer.ticket);
    const asked = { requested: lot, requested_price: price, slippage_points: 0, retcode_name: 'DONE' };
    const traded = {
      ticket: number,
      price: answer.price,
      lot: answer.lot,
      deal: number,
      order: number,
      position: number,
    };
    const now = { bid: quote.bid, ask: quote.ask, balance, equity, margin };
    return { type: 'trade_result', signal_id: id, status: 'success', retcode: 10_009, ...traded, ...asked, ...now };
  }

  private close({ signal_id: id, symbol }: CloseAll): Report {
    const closed = this.terminal.close(symbol ?? null, id);
    if (closed === 0 && symbol !== undefined) return failed(id, 'not_found', `No positions found for ${symbol}`);
    const message = `Closed ${String(closed)} positions`;
    return { type: 'trade_result', signal_id: id, status: 'success', ticket: 0, price: 0, message };
  }

  /** N8: what was never seen is refused from then on. Of a session of an earlier start this store can say nothing. */
  private reconcile(n: number, orders: Reconcile['orders']): void {
    const known = orders.map(({ signal_id: id, session }): KnownId => {
      const stored = this.store.get(id);
      if (stored === undefined) {
        this.tombstones.add(id);
        const isRecorded = session !== null && this.sessions.has(session);
        return { signal_id: id, state: isRecorded ? 'never_seen' : 'cannot_say' };
      }
      const { result } = stored;
      return result === null ? { signal_id: id, state: 'pending' } : { signal_id: id, state: 'result', result };
    });
    const pages = Math.max(1, Math.ceil(known.length / idsAPage));
    for (let page = 0; page < pages; page += 1) {
      const part = known.slice(page * idsAPage, (page + 1) * idsAPage);
      this.say({ type: 'reconciled', n, last: page === pages - 1, ids: part, store: 'new' });
    }
  }

  private refuse(command: Command8, code: string, error: string): void {
    if ('signal_id' in command) this.say(failed(command.signal_id, code, error));
  }

  private say(message: Record<string, unknown>): void {
    this.actions.send(JSON.stringify(message));
  }
}

function failed(id: string, code: string, error: string): Report {
  return { type: 'error', signal_id: id, code, error };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function idIn(text: string): string {
  return /"signal_id":"([A-Za-z0-9_.-]{1,31})"/.exec(text)?.[1] ?? '';
}
