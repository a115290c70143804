import { beforeEach, describe, expect, it } from 'vitest';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';

// A terminal that logs out and in again while it is waited for a name that can be compared.

let bench: BridgeBench;

const figures = (uuid?: string): void => {
  bench.link.says({ type: 'heartbeat', uuid, balance: 3_000, equity: 2_987.5, positions: 1 });
};
const loggedOut = (): void => {
  bench.link.says({ type: 'status', status: 'config', account: 0, server: '' });
};

beforeEach(() => {
  bench = bridgeBench();
  bench.rejoin();
  // The account is known by a uuid alone.
  figures('U1');
  bench.clock.advance(250);
});

describe('an EA that names another kind of name, logs out and in again', () => {
  it('is on an account that nobody knows, until a person says which', async () => {
    bench.rejoin();
    bench.nameAccount(2_000_002);
    expect(bench.state().accountProblem).toMatchObject({ kind: 'unnamed' });
    loggedOut();
    bench.nameAccount(2_000_002);
    figures();
    expect(bench.state().accountProblem).toMatchObject({ kind: 'unnamed' });
    expect((await bench.fire({ signalId: 'A' })).refusal?.code).toBe('account_changed');
    bench.clock.advance(5_000);
    expect(bench.state()).toMatchObject({ accountProblem: { kind: 'changed' }, armed: false });
  });

  it('is the same account when it adds the name that is known', () => {
    bench.rejoin();
    bench.nameAccount(2_000_002);
    loggedOut();
    bench.nameAccount(2_000_002);
    figures('U1');
    bench.clock.advance(5_000);
    expect(bench.state()).toMatchObject({ accountProblem: null, armed: true });
  });
});
