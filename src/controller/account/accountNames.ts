import { z } from 'zod';

/** Names of an account, from the EA (R4) or a person. */
export interface Names {
  uuid: string | null;
  /** login@server */
  login: string | null;
  person: string | null;
}

/** An accepted account with every name it has had. */
export interface NamedAccount extends Names {
  /** Key of new records of this account. */
  key: string;
  /** Earlier names. */
  also: string[];
}

const name = z.string().nullable();
const accountsSchema = z.array(
  z.object({ key: z.string(), uuid: name, login: name, person: name, also: z.array(z.string()).default([]) }),
);

/** Most accounts kept of one bridge, far more than anybody trades there. */
const mostAccounts = 100;
const mostEarlierNames = 8;

/** Key of a bridge's accounts in the journal. */
export function accountsKey(bridge: string): string {
  return `accounts:${bridge}`;
}

/** @param remembered the journal's value of {@link accountsKey} */
export function readAccounts(remembered: unknown): NamedAccount[] {
  return accountsSchema.catch([]).parse(remembered ?? []);
}

/** R4: uuid, else login@server, else a person's name for it. */
export function nameOf({ uuid, login, person }: Names): string | null {
  return uuid ?? login ?? person;
}

/** All names of an account, the most specific first: one person's uuid may cover several accounts. */
export function allNames({ uuid, login, person, also }: Omit<NamedAccount, 'key'>): string[] {
  return [...new Set([login, uuid, person, ...also].filter((each) => each !== null))];
}

/**
 * The known account with these names, joined with them; null for no name. A login is one account; a uuid or a person's
 * name is one as long as it doesn't stand beside two logins.
 * @param known names of the previous account, preferred among accounts with the same uuid
 */
export function findAccount(accounts: readonly NamedAccount[], names: Names, known: Names): NamedAccount | null {
  if (nameOf(names) === null) return null;
  const own = ownRecords(accounts, names, known);
  const others = accounts.filter((account) => !own.includes(account));
  const merged = {
    uuid: names.uuid ?? own.find(({ uuid }) => uuid !== null)?.uuid ?? null,
    login: names.login ?? own.find(({ login }) => login !== null)?.login ?? null,
    person: names.person ?? own.find(({ person }) => person !== null)?.person ?? null,
  };
  const taken = new Set(others.flatMap(allNames));
  const free = [merged.uuid, merged.login, merged.person].find((each) => each !== null && !taken.has(each));
  const key = free ?? own[0]?.key ?? nameOf(merged) ?? '';
  const current = new Set(allNames({ ...merged, also: [] }));
  const also = [...new Set(own.flatMap((account) => [account.key, ...allNames(account)]))]
    .filter((each) => !current.has(each) && !taken.has(each))
    .slice(-mostEarlierNames);
  return { key, ...merged, also };
}

/** Adds an account, or updates it. */
export function putAccount(accounts: readonly NamedAccount[], names: Names, known: Names): NamedAccount[] {
  const account = findAccount(accounts, names, known);
  if (account === null) return [...accounts];
  const own = ownRecords(accounts, names, known);
  return [...accounts.filter((each) => !own.includes(each)), account].slice(-mostAccounts);
}

/** Keys by former names: which account a name belongs to. */
export function aliasesOf(accounts: readonly NamedAccount[]): Map<string, string> {
  const keys = new Set(accounts.map(({ key }) => key));
  const aliases = new Map<string, string>();
  for (const account of accounts) {
    for (const each of allNames(account)) if (!keys.has(each) && !aliases.has(each)) aliases.set(each, account.key);
  }
  return aliases;
}

/**
 * Present name of each of a bridge's accounts.
 * @param remembered the journal's value of {@link accountsKey}
 */
export function namerOf(remembered: unknown): (account: string) => string {
  const aliases = aliasesOf(readAccounts(remembered));
  return (account) => aliases.get(account) ?? account;
}

/** Names that belong to an account alone, its login first. */
export function ownNames(accounts: readonly NamedAccount[], account: NamedAccount): string[] {
  const others = accounts.filter(({ key }) => key !== account.key);
  const aliases = aliasesOf(accounts);
  const isTaken = (each: string): boolean =>
    others.some(({ key }) => key === each) || (aliases.get(each) ?? account.key) !== account.key;
  return allNames(account).filter((each) => !isTaken(each));
}

function ownRecords(accounts: readonly NamedAccount[], names: Names, known: Names): NamedAccount[] {
  const { uuid, login, person } = names;
  const fits = (account: NamedAccount): boolean => account.login === null || login === null || account.login === login;
  if (login !== null) {
    // A record without a login belongs to the account whose login was reported beside the same uuid or name.
    return accounts.filter(
      (account) =>
        account.login === login ||
        (account.login === null &&
          ((uuid !== null && account.uuid === uuid) || (person !== null && account.person === person))),
    );
  }
  const alike = accounts.filter(
    (account) =>
      fits(account) &&
      (uuid !== null ? account.uuid === uuid || account.also.includes(uuid) : account.person === person),
  );
  const before = alike.find((account) => account.login === known.login) ?? alike.at(-1);
  return before === undefined ? [] : [before];
}
