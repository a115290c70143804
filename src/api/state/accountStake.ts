import type { BridgeState } from './state.ts';

/**
 * What an order of this account can lose. `challenge`: a contest or a funded account's examination, whose server often has
 * "Demo" in its name. `live`: everything that is not known to be something else.
 */
export type AccountStake = 'paper' | 'demo' | 'challenge' | 'live';

/** Names of firms and words by which the server of a challenge or contest account is told. */
const challengeServers =
  /ftmo|fundednext|funding\s?pips|the5ers|fivepercent|\be8|topstep|apextrader|myforexfunds|mffdemo|fundedtrad|alphacapital|blueguardian|goatfunded|instantfunding|maventrading|fintokei|thinkcapital|tradingpit|fundora|challenge|contest|evaluation|funded|\bprop(?:firm|trad|\b)/i;

/** "Demo" as a word of its own or of a name in capitals, such as Broker-Demo2, DemoPro or BROKERS-DEMO; not in Democracy. */
const demoWord = /(?:^|[^A-Z])Demo(?![a-z])|(?:^|[^A-Za-z])(?:demo|DEMO)(?![A-Za-z])/;

/** Whether a server's name says that its accounts are demo accounts. */
export function isDemoServer(server: string | null): boolean {
  return demoWord.test(server ?? '');
}

export function accountStake({ kind, account }: Pick<BridgeState, 'kind' | 'account'>): AccountStake {
  if (kind === 'paper') return 'paper';
  if (account.trading === 'contest' || challengeServers.test(account.server ?? '')) return 'challenge';
  return account.trading === 'demo' ? 'demo' : 'live';
}

/** Whether something that a person values is lost with the order: money, or a challenge. */
export function isMoneyAtStake(bridge: Pick<BridgeState, 'kind' | 'account'>): boolean {
  const stake = accountStake(bridge);
  return stake === 'live' || stake === 'challenge';
}
