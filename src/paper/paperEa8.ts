import type { PaperFault } from '../api/state/state.ts';
import { type Command8, command8Schema } from '../protocol/protocol8/commands.ts';
import { protocolVersion } from '../protocol/protocol8/fields.ts';
import type { PaperMarket } from './market.ts';
import type { PaperEa, PaperEaActions, PaperEaOptions } from './paperEa.ts';
import { type CloseAll, type Entry, failed, PaperOrders, type Report } from './paperOrders.ts';
import { type Change, PaperChanges } from './paperChanges.ts';
import { PaperStore, type Stored } from './paperStore.ts';
import { PaperTrades } from './paperTrades.ts';
import { eaMagic, type PaperTerminal } from './terminal.ts';

type Reconcile = Extract<Command8, { type: 'reconcile' }>;

const idsAPage = 200;

/**
 * An EA of protocol 8 on the simulated terminal (N1–N9): market orders, closes, changes of positions, reconciliation and its own close-only
 * switch. Its store begins new with each start. Until it is welcomed, and for quotes, it speaks as the documented one.
 */
export class PaperEa8 {
  private readonly terminal: PaperTerminal;
  private readonly documented: PaperEa;
  private readonly options: PaperEaOptions;
  private readonly actions: PaperEaActions;
  private readonly trades: PaperTrades;
  private readonly orders: PaperOrders;
  private readonly changes: PaperChanges;
  private fault: PaperFault;
  private session: string | null = null;
  /** The highest count of starts that any desk has told. */
  private epoch = 0;
  /** The welcoming desk's count is lower: it may close, and no more. */
  private isOther = false;
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
    this.orders = new PaperOrders(market, terminal, actions.now);
    this.changes = new PaperChanges(market, terminal, actions.now);
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
      const features = ['reconcile', 'modify', 'close', 'close_by', 'close_all', 'close_only'];
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
      this.store.welcomed(command.session);
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
