import { ContractFailure } from '../../api/contractFailure.ts';
import { toHex } from '../../base/hex.ts';
import type { HelloProblem } from '../../api/state/state.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';
import { protocolVersion } from '../../protocol/protocol8/fields.ts';
import { ownEaVersion } from '../../protocol/protocol8/ownEa.ts';
import type { Command8 } from '../../protocol/protocol8/commands.ts';
import type { RandomBytes } from '../ports/stores.ts';
import type { EpochCount } from '../ports/epoch.ts';

/** Length of a session's name, bytes (N1). */
const sessionBytes = 16;

interface ProtocolSessionContext {
  random: RandomBytes;
  epoch: EpochCount;
  send: (command: Command8) => void;
  /** Called after each welcome. */
  greeted: (hello: Hello) => void;
  /** Called when the problem has changed. */
  changed: (problem: HelloProblem | null) => void;
}

/**
 * What an EA of protocol 8 and the desk have agreed on for one connection (N1). The EA says hello until it is welcomed;
 * from then on it takes commands of that session alone. An EA that says none is spoken to as the documented one.
 */
export class ProtocolSession {
  private readonly context: ProtocolSessionContext;
  private name: string | null = null;
  private last: Hello | null = null;
  private found: HelloProblem | null = null;
  /** Accounts with magic number whose EA has been welcomed in this start. */
  private readonly welcomed = new Set<string>();

  constructor(context: ProtocolSessionContext) {
    this.context = context;
  }

  /** Name of the session; null: none is agreed on. */
  get session(): string | null {
    return this.name;
  }

  /** The hello of this connection; null: none was said. */
  get greeting(): Hello | null {
    return this.last;
  }

  /** Version of the desk's own EA; null: another EA, or none has said hello in this protocol. */
  get ownEaVersion(): string | null {
    return this.last === null ? null : ownEaVersion(this.last);
  }

  /** Sends a command of the present session. */
  send(command: Command8): void {
    this.context.send(command);
  }

  get problem(): HelloProblem | null {
    return this.found;
  }

  /**
   * Welcomes an EA, with a new session each time: it may not have received the last welcome. Where the EA has seen a
   * higher count, it takes closes alone in that session.
   */
  hello(hello: Hello): void {
    const { epoch, greeted, random, send } = this.context;
    const { current } = epoch;
    if (hello.protocol !== protocolVersion) {
      this.name = null;
      this.last = null;
      this.set({ kind: 'protocol', protocol: hello.protocol });
      return;
    }
    // The EA of an account that this start has welcomed has this start's count from it.
    const account = `${hello.login}@${hello.server} ${hello.magic ?? ''}`;
    const isOurs = hello.epoch < current || (hello.epoch === current && this.welcomed.has(account));
    if (isOurs) this.welcomed.add(account);
    this.last = hello;
    const session = toHex(random(sessionBytes));
    this.name = session;
    send({ type: 'welcome', protocol: protocolVersion, session, epoch: current });
    this.set(isOurs ? null : { kind: 'epoch', theirs: hello.epoch, ours: current });
    greeted(hello);
  }

  /**
   * Raises the desk's count above the EA's and welcomes it anew.
   * @param theirs the EA's count that the person saw
   * @throws ContractFailure `not_possible`: there is no such EA, or the count can't be written; nothing has changed
   */
  takeOver(theirs: number): void {
    const { found, last } = this;
    if (last === null || found?.kind !== 'epoch' || found.theirs !== theirs) {
      const message = 'The EA that was to be taken over is not there any more. Look again which one is connected.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    try {
      this.context.epoch.raise(theirs + 1);
    } catch (error) {
      const message = `The EA was not taken over, because the count of starts can't be written: ${String(error)}`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    this.hello(last);
  }

  /** Handles a lost connection for commands: the next EA may be another one. */
  commandLeft(): void {
    this.name = null;
    this.last = null;
    this.set(null);
  }

  private set(problem: HelloProblem | null): void {
    if (JSON.stringify(problem) === JSON.stringify(this.found)) return;
    this.found = problem;
    this.context.changed(problem);
  }
}
