import { attempt, type OnFault } from '../base/guard.ts';
import type { Unsubscribe } from '../base/unsubscribe.ts';
import { ClockWatch } from './account/clockWatch.ts';
import type { Bridges } from './bridge/bridges.ts';
import type { Clock } from './ports/clock.ts';
import type { Publisher } from './publisher.ts';
import type { JournalWriter } from './records/journalWriter.ts';
import type { ExternalSignals } from './signals/externalSignals.ts';

/** Interval of batches, ms. */
const pulseMs = 250;

export interface PulseParts {
  clock: Clock;
  bridges: Bridges;
  journalWriter: JournalWriter;
  signals: ExternalSignals;
  publisher: Publisher;
  /** Called with a bug in one part of a pulse. */
  onFault: OnFault;
}

/** Four times a second: checks the clock, retries the journal, publishes changes. */
export class Pulse {
  private readonly parts: PulseParts;
  private readonly clockWatch: ClockWatch;
  private readonly cancel: Unsubscribe;

  constructor(parts: PulseParts) {
    this.parts = parts;
    this.clockWatch = new ClockWatch(parts.clock, pulseMs);
    this.cancel = parts.clock.every(pulseMs, () => {
      this.beat();
    });
  }

  /** Disarms every bridge after the app or the machine was suspended (ARCHITECTURE rule 7). */
  lookAtClock(): void {
    const jump = this.clockWatch.look();
    if (jump !== null) for (const bridge of this.parts.bridges) bridge.clockJumped(jump);
  }

  stop(): void {
    this.cancel();
  }

  /** Runs every part; a failure of one skips none of the others. */
  private beat(): void {
    const { bridges, journalWriter, onFault, publisher, signals } = this.parts;
    const steps = [
      () => {
        this.lookAtClock();
      },
      () => {
        journalWriter.retry();
      },
      () => {
        signals.pulse();
      },
      ...[...bridges].map((bridge) => () => {
        publisher.batch(bridge);
      }),
    ];
    for (const step of steps) attempt(onFault, step);
  }
}
