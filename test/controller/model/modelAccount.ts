/** Accounts are numbered; each has one login and one uuid. */
export interface Names {
  login: number | null;
  uuid: number | null;
}

/** How long an EA that names the account by another kind of name only has to add the known kind, in ms. */
const otherNameMs = 5_000;

const nobody: Names = { login: null, uuid: null };
const kinds = ['login', 'uuid'] as const;

/** What is kept of a bridge's accounts over restarts. */
export interface KeptAccounts {
  /** The names of the right account; null: no EA has named any. */
  known: Names | null;
  /** Accounts whose two names are known to be one's. */
  linked: Set<number>;
}

/** Whose account a bridge is on, and whether it is the right one. */
export class ModelAccount {
  readonly kept: KeptAccounts;
  now: Names = nobody;
  /** The terminal is logged in to no account. */
  loggedOut = false;
  waitsUntil: number | null = null;
  private differs = false;

  constructor(kept: KeptAccounts) {
    this.kept = kept;
  }

  joined(): void {
    this.now = nobody;
    this.loggedOut = false;
    this.differs = false;
    this.waitsUntil = null;
  }

  get problem(): 'changed' | 'logged out' | 'unnamed' | null {
    if (this.loggedOut) return 'logged out';
    if (this.key === null || this.waitsUntil !== null) return 'unnamed';
    return this.differs ? 'changed' : null;
  }

  get number(): number | null {
    return this.now.login ?? this.now.uuid;
  }

  /** What the account is called: by its uuid, else by its login. */
  get key(): string | null {
    const { login, uuid } = this.now;
    const number = login ?? uuid;
    if (number === null || this.loggedOut) return null;
    return uuid !== null || this.kept.linked.has(number) ? `U${String(number)}` : nameOf(number);
  }

  /** Everything that it is known to be called. */
  get names(): string[] {
    const { login, uuid } = this.now;
    const number = login ?? uuid;
    if (number === null) return [];
    const both = this.kept.linked.has(number);
    return [
      ...(both || login !== null ? [nameOf(number)] : []),
      ...(both || uuid !== null ? [`U${String(number)}`] : []),
    ];
  }

  /** The EA names the account. @returns what that says: it is the right one, another than before, or neither yet */
  named(names: Names, time: number): 'same' | 'other' | 'back' | null {
    this.now = names;
    const { known } = this.kept;
    if (this.key === null) return null;
    const shared = known === null ? [] : kinds.filter((kind) => known[kind] !== null && names[kind] !== null);
    if (known !== null && shared.length === 0) {
      if (!this.differs) this.waitsUntil ??= time + otherNameMs;
      return null;
    }
    this.waitsUntil = null;
    const { differs } = this;
    this.differs = shared.some((kind) => known?.[kind] !== names[kind]);
    if (this.differs) return differs ? null : 'other';
    this.right({ login: names.login ?? known?.login ?? null, uuid: names.uuid ?? known?.uuid ?? null });
    return differs ? 'back' : 'same';
  }

  waited(): void {
    this.waitsUntil = null;
    this.differs = true;
  }

  left(): void {
    if (this.waitsUntil !== null) this.waited();
  }

  /** A person says that the account of now is the right one. @returns whether nobody knew yet that it is another one */
  accept(): boolean {
    if (this.key === null) return false;
    const { waitsUntil } = this;
    this.differs = false;
    this.waitsUntil = null;
    this.right(this.now);
    return waitsUntil !== null;
  }

  private right(known: Names): void {
    this.kept.known = known;
    if (known.login !== null && known.login === known.uuid) this.kept.linked.add(known.login);
  }
}

function nameOf(login: number): string {
  return `${String(login)}@Broker-Demo`;
}

/** Whether an order may be open on an account. A uuid and a login can't be told apart from each other. */
export function mayBeOn({ key, names }: Pick<ModelAccount, 'key' | 'names'>, account: string | null): boolean {
  if (key === null || account === null || account === key || names.includes(account)) return true;
  return account.includes('@') !== key.includes('@');
}
