import { describe, expect, it } from 'vitest';
import { bridgeBench } from '../support/bridgeBench.ts';

describe('what is watched, where nothing was watched before', () => {
  it('is known by the next start: the journal is not taken for one of an earlier version', async () => {
    const before = bridgeBench();
    before.connect();
    await before.fire({ signalId: 'A' });
    // What was told of the account before says nothing of the next: the order is not watched any more.
    before.nameAccount(2_000_002);
    before.link.says({ type: 'error', signal_id: 'A', error: 'Trade failed: Unknown error (4756)' });
    expect(before.order('A')).toMatchObject({ state: 'rejected', assumed: true });
    await before.controller.stop();
    const { journal, clock } = before;
    const after = bridgeBench({}, { journal, clock });
    expect(after.order('A')).toMatchObject({ state: 'rejected', assumed: true });
    await after.controller.stop();
  });
});
