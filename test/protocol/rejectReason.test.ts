import { describe, expect, it } from 'vitest';
import { rejectReason } from '../../src/domain/orders/rejectReason.ts';

describe('the reason of a rejection', () => {
  it.each([
    ['Trade failed: Unknown error (4756)', 'Trade failed: Unknown error (4756)'],
    ['Order 8412391 rejected at 2341.55', 'Order # rejected at #'],
    ['Invalid stops, sl=2340.10 tp=2350', 'Invalid stops, sl=# tp=#'],
    ['error 10019: no money', 'error 10019: no money'],
    ['retcode=10016', 'retcode=10016'],
    ['Ticket (8412391) unknown', 'Ticket (#) unknown'],
    ['at 12:34:56 -0.5', 'at # #'],
    ['  two\n words ', 'two words'],
    ['', 'No reason given'],
  ])('%j reads %j', (text, reason) => {
    expect(rejectReason(text)).toBe(reason);
  });

  it('has an end', () => {
    expect(rejectReason('x'.repeat(1_000))).toHaveLength(120);
  });
});
