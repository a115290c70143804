import { describe, expect, it } from 'vitest';
import { troubleOf } from '../../renderer/views/topBar/trouble.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { anOrder } from './anOrder.ts';

const bench = bridgeBench();
bench.connect();
const calm = { ...bench.state(), armed: true };
const lost = { ...calm.channels, command: { ...calm.channels.command, state: 'down' as const } };
const trouble = (changes: Partial<BridgeState>): string | null => troubleOf({ ...calm, ...changes }, []);

describe('the trouble of a bridge that is not on screen', () => {
  it('is none while all is well, or while a bridge that is not armed has no EA', () => {
    expect(trouble({})).toBeNull();
    expect(trouble({ armed: false, channels: lost, account: { ...calm.account, positions: 0 } })).toBeNull();
  });

  it('is what needs a person, in a few words', () => {
    expect(troubleOf(calm, [anOrder({ state: 'unknown' }), anOrder({ state: 'unknown' })])).toBe('2 unknown');
    expect(troubleOf(calm, [anOrder({ state: 'unknown', bridge: 'other' })])).toBeNull();
    expect(trouble({ accountProblem: { kind: 'changed', known: 'a', now: 'b' } })).toBe('another account');
    expect(trouble({ channels: lost })).toBe('EA lost');
    expect(trouble({ armed: false, channels: lost, account: { ...calm.account, positions: 2 } })).toBe('EA lost');
    expect(trouble({ journalFailure: 'disk full' })).toBe('its journal fails');
  });
});
