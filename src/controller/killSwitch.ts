import type { PersonSource } from '../api/order.ts';
import type { KillSwitchState } from '../api/state.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';

export const killSwitchKey = 'kill_switch';

/** Stops every buy and sell at once, on all bridges. It survives a restart, and only a person releases it. */
export class KillSwitch {
  private readonly clock: Clock;
  private readonly recorder: Recorder;
  private current: KillSwitchState | null;

  /** @param remembered what the journal knows under {@link killSwitchKey} */
  constructor(clock: Clock, recorder: Recorder, remembered: unknown) {
    this.clock = clock;
    this.recorder = recorder;
    this.current = (remembered ?? null) as KillSwitchState | null;
  }

  get state(): KillSwitchState | null {
    return this.current;
  }

  get on(): boolean {
    return this.current !== null;
  }

  /** False: it was on already. It holds from now on, also when it can't be written down. */
  press(by: PersonSource): boolean {
    if (this.current !== null) return false;
    this.current = { at: this.clock.now(), by };
    this.write(by);
    return true;
  }

  /** False: it was not on. */
  release(by: PersonSource): boolean {
    if (this.current === null) return false;
    this.current = null;
    this.write(by);
    return true;
  }

  private write(by: PersonSource): void {
    this.recorder.record({ type: 'kill_switch', on: this.on, by });
    this.recorder.record({ type: 'remember', key: killSwitchKey, value: this.current });
    this.recorder.flush();
  }
}
