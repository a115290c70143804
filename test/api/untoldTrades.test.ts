import { describe, expect, it } from 'vitest';
import { untoldTrades } from '../../src/api/presentation/untoldTrades.ts';
import { bridgeBench } from '../support/bridgeBench.ts';

describe('trades that an EA does not list', () => {
  const bench = bridgeBench();
  bench.connect();
  const bridge = bench.state();

  it('are explained with the way to the EA that lists them', () => {
    const said = untoldTrades({ ...bridge, speaks8: false, kind: 'real' });
    expect(said).toMatch(/ Look in MT5, or install the desk's own EA, which lists them: /);
    expect(said).toMatch(/: gear, Bridge settings, Connection to the EA, Install the EA\.$/);
  });

  it('are explained without MT5 on a paper account, and by the next list with an EA that lists them', () => {
    expect(untoldTrades({ ...bridge, speaks8: false, kind: 'paper' })).not.toContain('MT5');
    expect(untoldTrades({ ...bridge, speaks8: true })).toBe('The EA has not told its list yet.');
  });
});
