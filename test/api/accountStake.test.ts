import { describe, expect, it } from 'vitest';
import { accountStake, isDemoServer, isMoneyAtStake } from '../../src/api/state/accountStake.ts';
import { stakeLine } from '../../renderer/shared/stakeWords.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

const known = bridgeBench().state();
const on = (server: string | null, kind: 'real' | 'paper' = 'real') => ({
  ...known,
  kind,
  account: {
    ...known.account,
    login: '5512345',
    server,
    trading: isDemoServer(server) ? ('demo' as const) : ('unknown' as const),
  },
});

describe('what an account has at stake', () => {
  it.each([
    ['Broker-Live', 'live'],
    [null, 'live'],
    ['ICMarketsSC-Demo', 'demo'],
    ['FTMO-Demo', 'challenge'],
    ['FTMO-Server3', 'challenge'],
    ['The5ersChallenge-Demo', 'challenge'],
    ['FundedNext-Server', 'challenge'],
    ['MetaQuotes-Contest', 'challenge'],
    ['E8Markets-Demo', 'challenge'],
    ['Broker-Demo-e8', 'challenge'],
    ['ForexBe8-Demo', 'demo'],
    ['Fintokei-Demo', 'challenge'],
    ['Democracy-Live', 'live'],
    ['Academos-Live', 'live'],
    ['RoboForex-DemoPro', 'demo'],
    ['BrokerDemo01', 'demo'],
    ['MetaQuotes-Demo', 'demo'],
    ['BROKERS-DEMO', 'demo'],
    ['broker demo 2', 'demo'],
    ['PropertyBank-Live', 'live'],
  ])('%s is %s', (server, stake) => {
    expect(accountStake(on(server))).toBe(stake);
    expect(isMoneyAtStake(on(server))).toBe(stake === 'live' || stake === 'challenge');
  });

  it('is nothing on paper, whatever the server is called', () => {
    expect(accountStake(on('FTMO-Demo', 'paper'))).toBe('paper');
  });

  it('is said with the account', () => {
    expect(stakeLine(on('Broker-Live'))).toBe('LIVE · real money · 5512345 @ Broker-Live');
    expect(stakeLine(on('FTMO-Demo'))).toBe('CHALLENGE · the account is at stake · 5512345 @ FTMO-Demo');
    expect(stakeLine(on('Broker-Demo'))).toBe('DEMO · no real money · 5512345 @ Broker-Demo');
  });
});
