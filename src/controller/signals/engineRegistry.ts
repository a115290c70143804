import { changedProperties } from '../../base/changedProperties.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { EngineSettings, EngineState } from '../../api/state/engines.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { tightenedEngine } from '../../api/state/tightenedSettings.ts';
import { engineAlarms } from '../alarms/engineAlarms.ts';
import { EngineRuntime } from './engineRuntime.ts';
import { HeldSave, notSaved, settingsSaveAlarms } from '../records/heldSave.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { EngineStore, StoredEngine } from '../ports/stores.ts';

export interface EngineRegistryContext {
  clock: Clock;
  journalWriter: JournalWriter;
  store: EngineStore;
  alarm: (alarm: AlarmText) => void;
  changed: () => void;
}

/** Engines that may fire through the gateway, and their authentication. */
export class EngineRegistry {
  private readonly context: EngineRegistryContext;
  private readonly engines = new Map<string, EngineRuntime>();
  /** Hash compared where no engine has the name, so that the answer takes as long. */
  private readonly nobody: string;
  private readonly saves: HeldSave;

  constructor(context: EngineRegistryContext) {
    this.context = context;
    this.nobody = context.store.newToken().hash;
    for (const stored of context.store.load()) this.engines.set(stored.name, new EngineRuntime(context.clock, stored));
    this.saves = new HeldSave({
      clock: context.clock,
      ...settingsSaveAlarms('The settings of engines'),
      write: () => {
        context.store.save(this.kept());
      },
      alarm: context.alarm,
    });
  }

  states(): EngineState[] {
    return [...this.engines.values()].map((engine) => engine.state());
  }

  all(): Iterable<EngineRuntime> {
    return this.engines.values();
  }

  /** @throws ContractFailure `not_found` */
  get(name: string): EngineRuntime {
    const engine = this.engines.get(name);
    if (engine !== undefined) return engine;
    const known = [...this.engines.keys()].join(', ');
    throw new ContractFailure({
      code: 'not_found',
      message: `There is no engine "${name}"; there is ${known === '' ? 'none' : known}.`,
    });
  }

  find(name: string): EngineRuntime | null {
    return this.engines.get(name) ?? null;
  }

  /** The engine with this name and token; null: none. Takes the same time for an unknown name. */
  authenticate(name: unknown, token: unknown): EngineRuntime | null {
    const engine = typeof name === 'string' ? this.engines.get(name) : undefined;
    const matches = this.context.store.matches(
      typeof token === 'string' && token.length <= 200 ? token : '',
      engine?.tokenHash ?? this.nobody,
    );
    return engine !== undefined && matches ? engine : null;
  }

  /** @returns its token, which is not stored */
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
    const why = this.saves.now(() => {
      store.save([...this.kept(), stored]);
    });
    if (why !== null) throw notSaved(why, false);
    this.engines.set(name, new EngineRuntime(clock, stored));
    this.record(name, by, { added: stored.settings });
    return token;
  }

  /** @throws ContractFailure when it can't be saved; tightened settings are in force all the same */
  configure(name: string, settings: EngineSettings, by: PersonSource): void {
    const engine = this.get(name);
    const pausedFrom = settings.mode === 'paused' ? engine.kept.pausedFrom : null;
    this.change(engine, { settings, pausedFrom }, by);
  }

  /** Makes the engine refuse everything until a person resumes it. */
  pause(name: string, by: PersonSource): void {
    const engine = this.get(name);
    const { settings } = engine;
    if (settings.mode === 'paused') return;
    this.change(engine, { pausedFrom: settings.mode, settings: { ...settings, mode: 'paused' } }, by);
  }

  /**
   * Resumes an engine in its mode before the pause, also after it was halted.
   * @throws ContractFailure when it can't be saved: it stays as it is
   */
  resume(name: string, by: PersonSource): void {
    const engine = this.get(name);
    const { settings, kept } = engine;
    const mode = settings.mode === 'paused' ? (kept.pausedFrom ?? 'ask') : settings.mode;
    this.change(engine, { halted: null, pausedFrom: null, settings: { ...settings, mode } }, by);
  }

  /** Removes the engine; its token is invalid at once, even before that is written. */
  remove(name: string, by: PersonSource): void {
    this.get(name);
    this.engines.delete(name);
    this.record(name, by, { removed: true });
    this.saves.now(() => {
      this.context.store.save(this.kept());
    });
  }

  /** Halts an engine after too many failures in a row. */
  haltRunaway(engine: EngineRuntime): void {
    if (!engine.ranAway) return;
    const why = `${String(engine.failuresInARow)} of its signals in a row were refused or rejected`;
    engine.change({ halted: { at: this.context.clock.now(), why } });
    this.context.alarm(engineAlarms.halted(engine.name, why));
    this.record(engine.name, 'app', { halted: why });
    // Called while an order is being handled: nothing is written within that turn.
    this.saves.soon();
  }

  stop(): void {
    this.saves.stop();
  }

  private change(engine: EngineRuntime, changes: Partial<StoredEngine>, by: PersonSource): void {
    const before = engine.kept;
    const wanted = { ...before, ...changes };
    const why = this.saves.now(() => {
      this.context.store.save(this.kept().map((kept) => (kept.name === wanted.name ? wanted : kept)));
    });
    const next = why === null ? wanted : tightened(before, wanted);
    const changed = changedProperties(before, next);
    if (why === null || Object.keys(changed).length > 0) {
      // An unchanged halt is left out, so that it doesn't affect the count of failures.
      engine.change(
        'halted' in changes && why === null ? next : { settings: next.settings, pausedFrom: next.pausedFrom },
      );
      const changedSettings = changedProperties(before.settings, next.settings);
      const halted = next.halted === null && before.halted !== null ? { halted: null } : {};
      this.record(engine.name, by, { ...changedSettings, ...halted }, before.settings);
    }
    if (why !== null && Object.keys(changedProperties(next, wanted)).length > 0) {
      throw notSaved(why, Object.keys(changed).length > 0);
    }
  }

  private kept(): StoredEngine[] {
    return [...this.engines.values()].map(({ kept }) => kept);
  }

  /** @param known the settings before a change of them */
  private record(engine: string, by: PersonSource | 'app', change: object, known: object = {}): void {
    const before = Object.fromEntries(Object.entries(known).filter(([key]) => key in change));
    const earlier = Object.keys(before).length === 0 ? {} : { before };
    this.context.journalWriter.record({ type: 'engine', engine, by, change, ...earlier });
    this.context.changed();
  }
}

/** The part of a change that restricts the engine. */
function tightened(before: StoredEngine, wanted: StoredEngine): StoredEngine {
  const settings = tightenedEngine(before.settings, wanted.settings);
  const pausedNow = settings.mode === 'paused' && before.settings.mode !== 'paused';
  return { ...before, settings, pausedFrom: pausedNow ? wanted.pausedFrom : before.pausedFrom };
}
