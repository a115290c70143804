import { changedProperties } from '../api/changedProperties.ts';
import { ContractFailure } from '../api/contractFailure.ts';
import type { EngineSettings, EngineState } from '../api/engines.ts';
import type { PersonSource } from '../api/order.ts';
import type { AlarmText } from './alarmBook.ts';
import { engineAlarms } from './engineAlarms.ts';
import { EngineRecord } from './engineRecord.ts';
import type { Clock, EngineStore } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface EngineBookContext {
  clock: Clock;
  recorder: Recorder;
  store: EngineStore;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
}

/** The engines that may fire through the gateway, and who they are. */
export class EngineBook {
  private readonly context: EngineBookContext;
  private readonly engines = new Map<string, EngineRecord>();
  /** Compared with where there is no engine of a name, so that the answer takes as long. */
  private readonly nobody: string;

  constructor(context: EngineBookContext) {
    this.context = context;
    this.nobody = context.store.newToken().hash;
    for (const stored of context.store.load()) this.engines.set(stored.name, new EngineRecord(context.clock, stored));
  }

  states(): EngineState[] {
    return [...this.engines.values()].map((engine) => engine.state());
  }

  all(): Iterable<EngineRecord> {
    return this.engines.values();
  }

  /** @throws ContractFailure `not_found` */
  get(name: string): EngineRecord {
    const engine = this.engines.get(name);
    if (engine !== undefined) return engine;
    const known = [...this.engines.keys()].join(', ');
    throw new ContractFailure({
      code: 'not_found',
      message: `There is no engine "${name}"; there is ${known === '' ? 'none' : known}.`,
    });
  }

  find(name: string): EngineRecord | null {
    return this.engines.get(name) ?? null;
  }

  /** The engine whose name and token these are, or null. Takes as long for a name that there is none of. */
  authenticate(name: unknown, token: unknown): EngineRecord | null {
    const engine = typeof name === 'string' ? this.engines.get(name) : undefined;
    const matches = this.context.store.matches(
      typeof token === 'string' && token.length <= 200 ? token : '',
      engine?.tokenHash ?? this.nobody,
    );
    return engine !== undefined && matches ? engine : null;
  }

  /** @returns its token, which is known to nobody afterwards */
  add(name: string, settings: EngineSettings, by: PersonSource): string {
    if (this.engines.has(name)) {
      const message = `There is an engine "${name}" already. Remove it first to give it a new token.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    const { clock, store } = this.context;
    const { token, hash } = store.newToken();
    const stored = {
      name,
      tokenHash: hash,
      addedAt: clock.now(),
      halted: null,
      pausedFrom: null,
      settings,
    };
    this.engines.set(name, new EngineRecord(clock, stored));
    this.keep(name, by, { added: stored.settings });
    return token;
  }

  configure(name: string, settings: EngineSettings, by: PersonSource): void {
    const engine = this.get(name);
    const changed = changedProperties(engine.settings, settings);
    engine.change({ settings, pausedFrom: settings.mode === 'paused' ? engine.kept.pausedFrom : null });
    this.keep(name, by, changed);
  }

  /** Refuses everything until a person resumes it. */
  pause(name: string, by: PersonSource): void {
    const engine = this.get(name);
    const { settings } = engine;
    if (settings.mode === 'paused') return;
    engine.change({ pausedFrom: settings.mode, settings: { ...settings, mode: 'paused' } });
    this.keep(name, by, { mode: 'paused' });
  }

  /** A person lets it go on, after a pause in the mode of before, and after it was halted. */
  resume(name: string, by: PersonSource): void {
    const engine = this.get(name);
    const { settings, kept } = engine;
    const mode = settings.mode === 'paused' ? (kept.pausedFrom ?? 'ask') : settings.mode;
    engine.change({ halted: null, pausedFrom: null, settings: { ...settings, mode } });
    this.keep(name, by, { mode, halted: null });
  }

  remove(name: string, by: PersonSource): void {
    this.get(name);
    this.engines.delete(name);
    this.keep(name, by, { removed: true });
  }

  /** Halts an engine that has failed too often. */
  haltRunaway(engine: EngineRecord): void {
    if (!engine.ranAway) return;
    const why = `${String(engine.failuresInARow)} of its signals in a row were refused or rejected`;
    engine.change({ halted: { at: this.context.clock.now(), why } });
    this.context.alarm(engineAlarms.halted(engine.name, why));
    this.keep(engine.name, 'app', { halted: why });
  }

  private keep(engine: string, by: PersonSource | 'app', change: unknown): void {
    const { recorder, store, changed } = this.context;
    recorder.record({ type: 'engine', engine, by, change });
    store.save([...this.engines.values()].map(({ kept }) => kept));
    changed();
  }
}
