import { z } from 'zod';

/** What an EA names its account by (R4), or a person does. */
export interface Names {
  uuid: string | null;
  /** login@server */
  login: string | null;
  person: string | null;
}

/** An account that was taken for the right one, under every name it has had. */
export interface NamedAccount extends Names {
  /** What is kept of it from now on goes by this name. */
  key: string;
  /** Names of before. */
  also: string[];
}

const name = z.string().nullable();
const accountsSchema = z.array(
  z.object({ key: z.string(), uuid: name, login: name, person: name, also: z.array(z.string()).default([]) }),
);

/** More than anybody trades on one bridge. */
const mostAccounts = 100;
const mostEarlierNames = 8;

/** What the journal remembers a bridge's accounts by. */
export function accountsKey(bridge: string): string {
  return `accounts:${bridge}`;
}

/** @param remembered what the journal knows under {@link accountsKey} */
export function readAccounts(remembered: unknown): NamedAccount[] {
  return accountsSchema.catch([]).parse(remembered ?? []);
}

/** R4: uuid, else login@server, else a person's word. */
export function nameOf({ uuid, login, person }: Names): string | null {
  return uuid ?? login ?? person;
}

/** Every name of an account, the one that tells it best first: a uuid may be a person's, who has several accounts. */
export function allNames({ uuid, login, person, also }: Omit<NamedAccount, 'key'>): string[] {
  return [...new Set([login, uuid, person, ...also].filter((each) => each !== null))];
}

/**
 * The account that has these names, with what is known of it already; null for no name. One login is one account; a uuid
 * or a person's word is one as long as it doesn't stand beside two logins.
 * @param known names of the account that was there before, which goes before others of the same uuid
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

/** The accounts with one more, or with what is new of it. */
export function putAccount(accounts: readonly NamedAccount[], names: Names, known: Names): NamedAccount[] {
  const account = findAccount(accounts, names, known);
  if (account === null) return [...accounts];
  const own = ownRecords(accounts, names, known);
  return [...accounts.filter((each) => !own.includes(each)), account].slice(-mostAccounts);
}

/** Which name stands for which account: names that an account no longer goes by, and their keys. */
export function aliasesOf(accounts: readonly NamedAccount[]): Map<string, string> {
  const keys = new Set(accounts.map(({ key }) => key));
  const aliases = new Map<string, string>();
  for (const account of accounts) {
    for (const each of allNames(account)) if (!keys.has(each) && !aliases.has(each)) aliases.set(each, account.key);
  }
  return aliases;
}

/** What a bridge's accounts go by now. @param remembered what the journal knows under {@link accountsKey} */
export function namerOf(remembered: unknown): (account: string) => string {
  const aliases = aliasesOf(readAccounts(remembered));
  return (account) => aliases.get(account) ?? account;
}

/** Every name that an account has for itself alone, its login first. */
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
    // A record without a login is of the account whose login is told beside the same uuid or word.
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
