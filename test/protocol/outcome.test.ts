import { describe, expect, it } from 'vitest';
import { eaErrorSchema, tradeResultSchema } from '../../src/protocol/ea/resultMessages.ts';
import { readEaError, readTradeResult, type ExecutionReport } from '../../src/protocol/ea/executionReport.ts';
import { retcodes } from '../../src/protocol/ea/retcodes.ts';

const error = (text: unknown, more: Record<string, unknown> = {}): ExecutionReport =>
  readEaError(eaErrorSchema.parse({ signal_id: 'A', error: text, ...more }));
const result = (status: string, more: Record<string, unknown> = {}): ExecutionReport =>
  readTradeResult(tradeResultSchema.parse({ signal_id: 'A', status, ...more }));

const never = [10008, 10009, 10010, 10011, 10012, 10028, 10031];
const spellings: ((code: number) => string)[] = [
  (code) => `OrderSend failed, retcode=${String(code)}`,
  (code) => `OrderSend failed (Retcode ${String(code)}: что-то)`,
  (code) => `Order rejected. Retcode=${String(code)}`,
  (code) => `OrderSend failed: ${String(code)}`,
  (code) => `Trade failed: Unknown error (${String(code)})`,
  (code) => `error #${String(code)}`,
  (code) => `err ${String(code)}`,
  (code) => `[${String(code)}] 失敗`,
  (code) => `ReturnCode : "${String(code)}"`,
  (code) => String(code),
];

describe('return codes', () => {
  it('know every number of MT5', () => {
    const numbers = Array.from({ length: 43 }, (_, index) => 10004 + index);
    const unused = [10005, 10037];
    expect([...retcodes.keys()].toSorted()).toEqual(numbers.filter((code) => !unused.includes(code)));
  });

  it.each([...retcodes.values()].map(({ code, meaning }) => [code, meaning] as const))(
    '%i is read in every spelling, from every field, in its own words',
    (code, meaning) => {
      const expected = meaning === 'certain_no' ? 'rejected' : 'unknown';
      for (const spell of spellings) expect([spell(code), error(spell(code)).state]).toEqual([spell(code), expected]);
      for (const field of ['retcode', 'code', 'error_code']) {
        expect(error('Не получилось', { [field]: code }).state).toBe(expected);
        expect(error('', { [field]: String(code) }).state).toBe(expected);
        expect(result('failed', { [field]: code }).state).toBe(expected);
      }
      expect(error(code).state).toBe(expected);
      for (const text of retcodes.get(code)?.texts ?? []) {
        for (const said of [text, `Trade failed: ${text}`, `${text.toUpperCase()}!`]) {
          // Of one short word inside a longer text nobody can say what it speaks of.
          const state = error(said).state;
          expect([said, text.includes(' ') ? state : [expected, 'unknown'].includes(state)]).toEqual([
            said,
            text.includes(' ') ? expected : true,
          ]);
        }
      }
    },
  );

  it.each(never)('%i is never a rejection, whatever stands beside it', (code) => {
    for (const text of ['Order rejected', 'Invalid stops', 'No money', 'Market is closed']) {
      expect(error(`${text} ${String(code)}`).state).toBe('unknown');
      expect(error(text, { retcode: code }).state).toBe('unknown');
      expect(result('rejected', { retcode: code, message: text }).state).toBe('unknown');
    }
  });

  it('a time-out is one, as a number alone too', () => {
    for (const text of ['10012', 'retcode=10012', 'Request timed out', 'Request canceled by timeout', 'TIME-OUT']) {
      expect(error(text)).toMatchObject({ state: 'unknown', doubt: 'ea_timeout' });
    }
    expect(error(10012)).toMatchObject({ state: 'unknown', doubt: 'ea_timeout' });
    expect(error('x', { error_code: '10012' })).toMatchObject({ doubt: 'ea_timeout' });
    expect(error('OrderSend failed: 10009')).toMatchObject({ state: 'unknown', doubt: 'unclear_status' });
  });

  it('are not read from prices, tickets and dates', () => {
    for (const text of ['ход 10018.50', 'ордер 2010018', '10.018', 'цена 10018,5', '2100-18']) {
      expect(error(text).state).toBe('unknown');
    }
    expect(error('Market is closed, last price 10008.25').state).toBe('rejected');
  });

  it('that disagree, or that later builds may add, settle nothing', () => {
    expect(error('retcode=10018', { retcode: 10009 }).state).toBe('unknown');
    expect(error('retcode=10051').state).toBe('unknown');
    expect(error('Market is closed', { retcode: 10051 }).state).toBe('unknown');
  });

  it('beside a success must agree with it', () => {
    const named = { ticket: 7, price: 1.5 };
    expect(result('success', { ...named, retcode: 10009 }).state).toBe('filled');
    expect(result('success', { ...named, retcode: 0 }).state).toBe('filled');
    expect(result('success', { ...named, code: 1 }).state).toBe('filled');
    expect(result('success', { ...named, retcode: 10010, volume: 0.04 })).toMatchObject({ state: 'filled', lot: 0.04 });
    expect(result('success', { ...named, retcode: 10008 }).state).toBe('unknown');
    expect(result('success', { ...named, retcode: 10019 }).state).toBe('unknown');
    expect(result('success', { ...named, retcode: 10012 })).toMatchObject({ doubt: 'ea_timeout' });
    expect(result('placed', named).state).toBe('unknown');
    expect(result('partial', { ...named, lots: '0,04' })).toMatchObject({ state: 'filled', lot: 0.04 });
    expect(result('partial').state).toBe('unknown');
    expect(result('10009', { ...named, retcode: 10009 }).state).toBe('filled');
  });
});

describe('sentences', () => {
  it.each([
    'Trade failed: No money',
    'Autotrading disabled by client terminal',
    'Trade failed: Market is closed',
    'Trade is not allowed',
    'Invalid signal parameters',
    'Unknown action: hold',
    'Requote',
    'Requote of ticket 8412399 at 2340.02',
    'Order rejected',
    'off quotes',
    'Not enough money',
  ])('%s is a no', (text) => {
    expect(error(text)).toMatchObject({ state: 'rejected', sendFailed: false });
  });

  it.each([
    'Trade failed: done partially',
    'Order rejected: Недостаточно средств',
    'Неизвестная ошибка',
    'Trade failed',
    'No',
    'y',
    'Connection to the server lost',
    'Market is closed, order placed for later',
    'Request locked for processing',
    'Position opened, stop not set: invalid stops',
    '',
  ])('%s is not', (text) => {
    expect(error(text).state).toBe('unknown');
  });

  it('tell whether anything of them was understood', () => {
    expect(error('Незнакомо')).toMatchObject({ unread: true });
    expect(error('Trade failed')).toMatchObject({ unread: true });
    expect(error('done partially')).toMatchObject({ unread: false });
    expect(error('retcode=10011')).toMatchObject({ unread: false });
    expect(result('rejected').state).toBe('rejected');
    expect(result('rejected', { message: '拒否' }).state).toBe('unknown');
    expect(result('failed').state).toBe('unknown');
  });

  it('4756 alone is told apart, and it and 4752 are explained', () => {
    const bare = error('Trade failed: Unknown error (4756)');
    expect(bare).toMatchObject({ state: 'rejected', sendFailed: true });
    expect(bare.text).toMatch(/^Trade failed: Unknown error \(4756\)\. 4756 is what MT5 says of every request/);
    expect(error('Ошибка 4756')).toMatchObject({ state: 'unknown', unread: false });
    expect(error('4756')).toMatchObject({ sendFailed: true });
    expect(error('Ошибка', { code: 4756 })).toMatchObject({ sendFailed: true });
    expect(error('error 4756, retcode 10019')).toMatchObject({ state: 'rejected', sendFailed: false });
    expect(error('error 4756, retcode 10012')).toMatchObject({ state: 'unknown', doubt: 'ea_timeout' });
    expect(error('No money (4756)')).toMatchObject({ state: 'rejected', sendFailed: false });
    const prohibited = error('Trade failed: Unknown error (4752)');
    expect(prohibited).toMatchObject({ state: 'rejected', sendFailed: false });
    expect(prohibited.text).toContain('Algo Trading');
  });
});
