import type { EaCloseOnly } from '../../api/state/state.ts';
import type { Unsubscribe } from '../../base/unsubscribe.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import { tradingAlarms } from '../alarms/tradingAlarms.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProtocolSession } from './protocolSession.ts';

/** Time after which an unconfirmed setting is sent again, ms. */
const againMs = 5_000;
/** Time after which a missing confirmation is shown, ms. */
const overdueMs = 2_000;

interface CloseOnlySwitchContext {
  clock: Clock;
  protocol: Pick<ProtocolSession, 'session' | 'problem' | 'send'>;
  killed: () => boolean;
  /** Value that the journal keeps under a key. */
  remembered: (key: string) => unknown;
  remember: (key: string, value: true | null) => void;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
}

/**
 * N9: an EA's own switch for closes alone. The kill switch sets it, and again with each handshake while it is on. Only a
 * person's release lifts it: at once, or at the next handshake if the EA was away. One that this desk has not set, such
 * as another desk's, stays until a person releases it with the EA in sight.
 */
export class CloseOnlySwitch {
  private readonly context: CloseOnlySwitchContext;
  /** The account of the present session; null: none, or an EA without the switch. */
  private account: string | null = null;
  /** What the EA says its switch is. */
  private isOn = false;
  /** What the EA was told to set; null: nothing, or it has confirmed. */
  private asked: { on: boolean; at: number } | null = null;
  /** Commands without an answer, each of which has one: earlier answers confirm nothing of the last. */
  private unanswered = 0;
  /** By account, whether this desk has closed its EA and not opened it since; others are in the journal. */
  private readonly closedHere = new Map<string, boolean>();
  private cancel: Unsubscribe = () => undefined;

  constructor(context: CloseOnlySwitchContext) {
    this.context = context;
  }

  get state(): EaCloseOnly | null {
    return this.account === null ? null : { on: this.isOn, trouble: this.trouble() };
  }

  /** Whether the EA may refuse entries: it says so, or has not confirmed what it was told last. */
  get holdsEntries(): boolean {
    return this.isOn || this.asked !== null;
  }

  /** Handles a welcome, with what the EA said before it. One that says hello again is told again, without a new delay. */
  greeted({ login, server, close_only, features }: Hello): void {
    const { killed, protocol } = this.context;
    const account = `${login}@${server}`;
    if (account !== this.account || protocol.problem !== null) this.left();
    if (!features.includes('close_only')) {
      this.left();
      return;
    }
    this.account = account;
    if (protocol.problem !== null) {
      // An EA of another desk takes neither entries nor this setting, and what that desk closes this one does not open.
      this.keep(false);
      this.account = null;
      return;
    }
    this.isOn = close_only === true;
    if (killed()) this.set(true);
    else if (this.asked?.on === false || (this.isOn && this.wasClosedHere())) this.set(false);
    else if (!this.isOn) this.keep(false);
  }

  /** Follows the kill switch, which was pressed. */
  pressed(): void {
    this.set(true);
  }

  /** Lifts the EA's switch, whoever set it: a person has released the kill switch. */
  released(): void {
    this.set(false);
  }

  /** Takes what the EA says of its switch. */
  told(on: boolean): void {
    if (this.account === null) return;
    this.isOn = on;
    this.unanswered = Math.max(0, this.unanswered - 1);
    if (this.asked?.on === on && this.unanswered === 0) this.settled(on);
    // It answers an earlier release, or opened by itself.
    else if (this.asked === null && !on && this.context.killed()) this.set(true);
    this.context.changed();
  }

  /** Forgets the EA, at the end of its session. */
  left(): void {
    this.settle();
    this.unanswered = 0;
    this.account = null;
    this.isOn = false;
  }

  private set(on: boolean): void {
    if (this.account === null) return;
    if (on) this.keep(true);
    // With an answer on its way, what the EA said last is not what it does next.
    if (this.asked === null && this.isOn === on) {
      this.settled(on);
      return;
    }
    if (this.asked?.on !== on) {
      this.settle();
      this.asked = { on, at: this.context.clock.monotonic() };
      this.cancel = this.context.clock.after(againMs, () => {
        this.context.alarm(on ? tradingAlarms.eaNotClosed() : tradingAlarms.eaStillClosed());
        this.sendAgain(on);
      });
    }
    this.send(on);
  }

  private sendAgain(on: boolean): void {
    // What has had no answer for so long was lost, or its answer was.
    this.unanswered = 0;
    this.send(on);
    this.cancel = this.context.clock.after(againMs, () => {
      this.sendAgain(on);
    });
  }

  private send(on: boolean): void {
    const { protocol } = this.context;
    if (protocol.session === null) return;
    this.unanswered += 1;
    protocol.send({ type: 'close_only', session: protocol.session, on });
  }

  /** The EA has the switch as it was told. */
  private settled(on: boolean): void {
    this.settle();
    if (!on) this.keep(false);
  }

  private settle(): void {
    this.cancel();
    this.asked = null;
  }

  private trouble(): EaCloseOnly['trouble'] {
    const { asked, isOn } = this;
    if (asked === null) return isOn && !this.context.killed() ? 'found_closed' : null;
    if (this.context.clock.monotonic() - asked.at < overdueMs) return null;
    return asked.on ? 'not_closed' : 'still_closed';
  }

  private wasClosedHere(): boolean {
    const key = this.key();
    return this.closedHere.get(key) ?? this.context.remembered(key) === true;
  }

  private keep(closed: boolean): void {
    if (this.wasClosedHere() === closed) return;
    this.closedHere.set(this.key(), closed);
    this.context.remember(this.key(), closed ? true : null);
  }

  private key(): string {
    return `ea_close_only:${this.account ?? ''}`;
  }
}
