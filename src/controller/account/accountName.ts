/** What an EA names its account by (R4). */
export interface AccountName {
  uuid: string | null;
  login: string | null;
  server: string | null;
  /** Its terminal says that it is logged in to no account. */
  loggedOut: boolean;
}
