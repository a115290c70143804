/** Names of an account as the EA reports them (R4). */
export interface AccountName {
  uuid: string | null;
  login: string | null;
  server: string | null;
  /** The terminal is logged in to no account. */
  loggedOut: boolean;
}
