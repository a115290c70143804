import type { EaStatus } from '../../protocol/ea/eaMessages.ts';
import type { AccountName } from './accountName.ts';

const noName: AccountName = { uuid: null, login: null, server: null, loggedOut: false };

/** The account's name as the EA reports it since it connected (R4): uuid, and login at a server. */
export class ReportedName {
  private name = noName;

  get current(): AccountName {
    return this.name;
  }

  /** Handles a new connection, which may be another EA's. */
  forget(): void {
    this.name = noName;
  }

  /**
   * Takes a login, a server, or both. MT5 has account 0 and no server while the terminal is logged in to none.
   * @returns whether it may be another account than before
   */
  nameLogin({ account, server: said }: Pick<EaStatus, 'account' | 'server'>): boolean {
    const before = this.name;
    const login = account === undefined ? before.login : clip(String(account).trim());
    const server = said === undefined ? before.server : clip(said.trim());
    if (login === null || server === null || server === '' || /^[-+]?0*(\.0*)?$/.test(login)) {
      this.name = { ...before, loggedOut: true };
      return false;
    }
    const changed = before.login !== null && (login !== before.login || server !== before.server);
    // An earlier uuid may belong to the account before.
    this.name = { uuid: changed ? null : before.uuid, login, server, loggedOut: false };
    return changed || before.loggedOut;
  }

  /** @returns whether it is another account than before */
  nameUuid(said: string): boolean {
    const { uuid: before } = this.name;
    const uuid = clip(said);
    if (uuid === before) return false;
    this.name = { ...this.name, uuid };
    return before !== null;
  }
}

/** Cuts long names: they cross the contract and stand in every row of their account. */
export function clip(name: string): string {
  return name.slice(0, 200);
}
