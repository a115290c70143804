import type { PaperFault } from '../api/state/state.ts';
import { type Command8, command8Schema } from '../protocol/protocol8/commands.ts';
import { protocolVersion } from '../protocol/protocol8/fields.ts';
import type { PaperMarket } from './market.ts';
import type { PaperEa, PaperEaActions, PaperEaOptions } from './paperEa.ts';
import { type CloseAll, PaperOrders } from './paperOrders.ts';
import { type Entry, failed, type Report } from './paperReport.ts';
import { type Change, PaperChanges } from './paperChanges.ts';
import { PaperPending } from './paperPending.ts';
import { PaperStore, type Stored } from './paperStore.ts';
import { PaperTrades } from './paperTrades.ts';
import { brokerLots, eaMagic, type PaperTerminal } from './terminal.ts';

type Reconcile = Extract<Command8, { type: 'reconcile' }>;

const idsAPage = 200;

/**
 * An EA of protocol 8 on the simulated terminal (N1–N9): entries, closes, changes of what is open, reconciliation and its own close-only
 * switch. Its store begins new with each start. Until it is welcomed, and for quotes, it speaks as the documented one.
 */
export class PaperEa8 {
  private readonly terminal: PaperTerminal;
  private readonly documented: PaperEa;
  private readonly options: PaperEaOptions;
  private readonly actions: PaperEaActions;
  private readonly trades: PaperTrades;
  private readonly market: PaperMarket;
  private readonly pending: PaperPending;
  private readonly orders: PaperOrders;
  private readonly changes: PaperChanges;
  private fault: PaperFault;
  private session: string | null = null;
  /** The highest count of starts that any desk has told. */
  private epoch = 0;
  /** The welcoming desk's count is lower: it may close, and no more. */
  private isOther = false;
  /** The symbols were told in this session. */
  private symbolsTold = false;
  private closeOnly = false;
  private sequence = 0;
  private readonly store = new PaperStore();

  constructor(
    market: PaperMarket,
    terminal: PaperTerminal,
    documented: PaperEa,
    options: PaperEaOptions,
    actions: PaperEaActions,
  ) {
    this.terminal = terminal;
    this.documented = documented;
    this.options = options;
    this.actions = actions;
    this.fault = options.fault;
    this.market = market;
    this.pending = new PaperPending(market, terminal, actions.now);
    this.orders = new PaperOrders(market, terminal, this.pending, actions.now);
    this.changes = new PaperChanges(market, terminal, this.pending, actions.now);
    this.trades = new PaperTrades(terminal, this.pending, actions.now, (message) => {
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
      const features = ['pending', 'reconcile', 'modify', 'close', 'close_by', 'close_all', 'close_only'];
      const ours = { ea: 'BITTEN paper EA', ea_version: '8.0-paper' };
      const who = { type: 'hello', protocol: protocolVersion, ...ours, uuid, login, server };
      this.say({
        ...who,
        ...{ company: 'BITTEN', ...terms, margin_mode: 'hedging', ...allowed, magic: eaMagic, features, store: 'new' },
        ...{ epoch: this.epoch, close_only: this.closeOnly, sent_at: at },
      });
    }
    this.pending.look();
    this.tellTrades();
    this.tellSymbols();
    this.sequence += 1;
    const money = { balance, equity, margin, free_margin: freeMargin, credit: 0, profit };
    const level = margin > 0 ? { margin_level: (equity / margin) * 100 } : {};
    const counts = { positions, orders: this.pending.count, seq: this.sequence };
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
      this.store.welcomed(command.session);
      this.symbolsTold = false;
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
        this.carryOut(command, () => this.orders.close(command));
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
        this.carryOut(command, () => this.changes.carryOut(command));
    }
  }

  /** After each quote: pending orders fill, and what was filled is told. */
  quoted(): void {
    const before = this.pending.changes;
    this.pending.look();
    if (this.pending.changes !== before) this.tellTrades();
  }

  /** N7, once a session: what a pending order needs to know of its symbol. */
  private tellSymbols(): void {
    if (this.session === null || this.symbolsTold) return;
    this.symbolsTold = true;
    for (const { symbol, digits, contractSize } of this.market.specs()) {
      const { min: lot_min, max: lot_max, step: lot_step } = brokerLots;
      const lots = { lot_min, lot_max, lot_step };
      const rules = { stops_level: 0, tick_size: 10 ** -digits, expiration: 7 };
      this.say({
        type: 'symbol',
        symbol,
        digits,
        contract_size: contractSize,
        profit_currency: null,
        ...lots,
        ...rules,
      });
    }
  }

  private tellTrades(): void {
    if (this.session !== null) this.trades.tell();
  }

  /** Carries out a command once: a repeat gets its first result again, another command under its ID an error. */
  private carryOut(command: Entry | CloseAll | Change, execute: () => Report): void {
    const taken = this.store.take(command);
    if ('refused' in taken) {
      this.refuse(command, 'duplicate', taken.refused);
      return;
    }
    if ('repeated' in taken) {
      if (taken.repeated !== null) this.say({ ...taken.repeated, repeat: true });
      return;
    }
    const { stored } = taken;
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
    const { signal_id: id } = command;
    if (this.isOther) return failed(id, 'epoch', 'A desk with a higher count of starts commands this EA.');
    if (this.closeOnly) return failed(id, 'close_only', 'The EA is closed for entries until it is released.');
    if (this.fault === 'reject') return failed(id, 'trade_disabled', 'Trade is not allowed');
    return this.orders.enter(command, this.fault === 'fewer_lots');
  }

  private reconcile(n: number, orders: Reconcile['orders']): void {
    const known = this.store.reconcile(orders);
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
