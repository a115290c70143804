import { describe, expect, it } from 'vitest';
import { readEaError, readTradeResult } from '../../src/protocol/ea/executionReport.ts';
import { rejectAdvice } from '../../src/protocol/ea/rejectAdvice.ts';
import { retcodes } from '../../src/protocol/ea/retcodes.ts';

const general = rejectAdvice('Nobody knows this sentence');
const rejecting = [...retcodes.values()].filter(({ meaning }) => meaning === 'certain_no');

describe('advice on a rejection', () => {
  it.each(rejecting.map(({ code, texts }) => [code, texts] as const))('exists for return code %i', (code, texts) => {
    const advice = rejectAdvice(`Trade failed: retcode ${String(code)}`);
    expect(advice).not.toBe(general);
    expect(advice).toMatch(/^[A-Z].*[.]$/);
    for (const text of texts.filter((each) => each.includes(' '))) {
      expect(rejectAdvice(`Trade failed: ${text}`), text).not.toBe(general);
    }
  });

  it.each([
    ['Trade failed: Unknown error (4756)', 'tabs Journal and Experts'],
    ['Trade is not allowed', 'Algo Trading'],
    ['No money', 'fewer lots'],
    ['Insufficient free margin', 'fewer lots'],
    ['failed instant buy 0.10 EURUSD at 1.10000 [Requote]', 'price moved'],
    ['Symbol not found', 'Market Watch'],
    ['No positions found', 'own magic number'],
    ['Invalid signal parameters', 'does not know this order'],
    [null, 'Experts and Journal'],
  ])('knows "%s"', (said, advice) => {
    expect(rejectAdvice(said)).toContain(advice);
  });

  it('finds a code that stands in a field of its own, as its meaning joins the message', () => {
    const report = readEaError({ signal_id: 'A', error: 'Trade failed', retcode: 10019 });
    expect(report).toMatchObject({
      state: 'rejected',
      text: 'Trade failed. 10019 means: There is not enough money to complete the request.',
    });
    expect(rejectAdvice(report.text)).toContain('fewer lots');
    const said = readTradeResult({ signal_id: 'A', status: 'failed', message: 'Not enough money', retcode: 10019 });
    expect(said.text).toBe('Not enough money');
  });
});
