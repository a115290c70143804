import { z } from 'zod';
import type { PersonSource } from '../api/order.ts';
import type { AccountProblem } from '../api/state.ts';
import type { Undo } from '../api/transport.ts';
import type { Clock } from './ports.ts';
import type { Recorder } from './recorder.ts';

/** What an EA names its account by (R4). */
export interface AccountName {
  uuid: string | null;
  login: string | null;
  server: string | null;
}

const knownSchema = z.object({
  uuid: z.string().nullable(),
  login: z.string().nullable(),
  person: z.string().nullable(),
});
type Known = z.infer<typeof knownSchema>;

const nobody: Known = { uuid: null, login: null, person: null };

/** How long an EA that has named its account by another kind of name only may take to add the known kind, in ms. */
const otherNameMs = 5_000;

interface IdentityContext {
  bridge: string;
  clock: Pick<Clock, 'after'>;
  recorder: Recorder;
  /** The EA is on another account than before. */
  changed: (known: string, now: string) => void;
}

/**
 * Whose account a bridge trades on. The first account that an EA names is taken for the right one and kept over
 * restarts; another one, or an EA that names none, is a person's decision.
 */
export class AccountIdentity {
  private readonly context: IdentityContext;
  private known: Known;
  private now: Known = nobody;
  private connected = false;
  private differs = false;
  /** Set while it is waited for a name that can be compared. */
  private cancelWait: Undo | null = null;

  /** @param remembered what the journal knows under {@link accountKey} */
  constructor(context: IdentityContext, remembered: unknown) {
    this.context = context;
    this.known = knownSchema.catch(nobody).parse(remembered);
  }

  /** uuid, else login@server, else a person's word; null while nobody has named it since the handshake. */
  get key(): string | null {
    return nameOf(this.now);
  }

  get problem(): AccountProblem | null {
    const now = nameOf(this.now);
    if (!this.connected) return null;
    if (now === null || this.cancelWait !== null) return { kind: 'unnamed' };
    return this.differs ? { kind: 'changed', ...difference(this.known, this.now) } : null;
  }

  /** Another EA may be behind a new connection. */
  joined(): void {
    this.connected = true;
    this.now = nobody;
    this.differs = false;
    this.stopWaiting();
  }

  left(): void {
    this.connected = false;
    this.stopWaiting();
  }

  /** What the EA has named since it connected. */
  observe({ uuid, login, server }: AccountName): void {
    const named = login === null ? null : `${login}@${server ?? ''}`;
    if (uuid === this.now.uuid && named === this.now.login) return;
    this.now = { ...this.now, uuid, login: named };
    this.compare();
  }

  namedByPerson(name: string, by: PersonSource): void {
    this.now = { ...this.now, person: name };
    this.context.recorder.record({ type: 'account', bridge: this.context.bridge, account: name, by });
    this.compare();
    this.endWait();
  }

  /** A person says that the account of now is the right one. */
  accept(by: PersonSource): void {
    const now = this.key;
    if (now === null) return;
    this.differs = false;
    this.stopWaiting();
    this.remember(this.now, by);
  }

  private compare(): void {
    const { known, now } = this;
    const knownName = nameOf(known);
    if (knownName === null) {
      this.remember(now, 'app');
    } else if (sharedKinds(known, now).length === 0) {
      // v7 names its login some milliseconds after a telemetry that names a uuid, or the other way round.
      if (!this.differs)
        this.cancelWait ??= this.context.clock.after(otherNameMs, () => {
          this.endWait();
        });
    } else if (conflicts(known, now)) {
      this.stopWaiting();
      if (!this.differs) this.tellDifference();
    } else {
      this.stopWaiting();
      this.differs = false;
      const both = {
        uuid: now.uuid ?? known.uuid,
        login: now.login ?? known.login,
        person: now.person ?? known.person,
      };
      if (JSON.stringify(both) !== JSON.stringify(known)) this.remember(both, 'app');
    }
  }

  private tellDifference(): void {
    this.differs = true;
    const names = difference(this.known, this.now);
    this.context.changed(names.known, names.now);
  }

  /** No name that can be compared has come, or will. */
  private endWait(): void {
    if (this.cancelWait === null) return;
    this.stopWaiting();
    this.tellDifference();
  }

  private stopWaiting(): void {
    this.cancelWait?.();
    this.cancelWait = null;
  }

  private remember(known: Known, by: PersonSource | 'app'): void {
    const { bridge, recorder } = this.context;
    this.known = known;
    recorder.record({ type: 'account', bridge, account: nameOf(known) ?? '', by });
    recorder.record({ type: 'remember', key: accountKey(bridge), value: known });
  }
}

export function accountKey(bridge: string): string {
  return `account:${bridge}`;
}

function nameOf({ uuid, login, person }: Known): string | null {
  return uuid ?? login ?? person;
}

const kinds = ['uuid', 'login', 'person'] as const;

/** Both accounts by names of one kind, where there is one that differs. */
function difference(known: Known, now: Known): { known: string; now: string } {
  const kind = kinds.find((each) => known[each] !== null && now[each] !== null && known[each] !== now[each]);
  if (kind !== undefined) return { known: known[kind] ?? '', now: now[kind] ?? '' };
  return { known: nameOf(known) ?? '', now: nameOf(now) ?? '' };
}

function sharedKinds(known: Known, now: Known): readonly (keyof Known)[] {
  return kinds.filter((kind) => known[kind] !== null && now[kind] !== null);
}

/** Two names of one kind that differ. */
function conflicts(known: Known, now: Known): boolean {
  return sharedKinds(known, now).some((kind) => known[kind] !== now[kind]);
}
