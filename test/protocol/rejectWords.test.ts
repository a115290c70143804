import { describe, expect, it } from 'vitest';
import { rejectReason } from '../../src/domain/orders/rejectReason.ts';
import { codesIn } from '../../src/protocol/ea/failureText.ts';
import { rejectWords } from '../../src/protocol/ea/rejectWords.ts';

const words = (message: string): string => rejectWords(rejectReason(message, codesIn(message)));

describe('a reason of rejections in words', () => {
  it.each([
    ['retcode=10016', 'Invalid stops in the request (10016)'],
    ['Order failed. 10016 means: Invalid stops in the request.', 'Invalid stops in the request (10016)'],
    ['TRADE_RETCODE_INVALID_STOPS', 'Invalid stops in the request (10016)'],
    ['Order 8412391 failed 10019', 'There is not enough money to complete the request (10019)'],
    ['Rejected', 'Rejected'],
    ['Trade failed: Unknown error (4756)', 'MT5 names no reason (4756)'],
    [
      'Trade failed: Unknown error (4756). 4756 is what MT5 says of every request that did not succeed: no money, a closed market, but a time-out too.',
      'MT5 names no reason (4756)',
    ],
    ['error 4752', 'Algo Trading is off, or not allowed for the EA (4752)'],
    ['Order 8412391 rejected at 2341.55', 'Order … rejected at …'],
    ['error 10016 or error 10019', 'error 10016 or error 10019'],
    ['error 133: trade is disabled', 'error 133: trade is disabled'],
    ['', 'No reason given'],
  ])('%j reads %j', (message, expected) => {
    expect(words(message)).toBe(expected);
  });

  it('finds the code again that an earlier version left out', () => {
    expect(rejectWords('Order failed. # means: Invalid stops in the request.')).toBe(
      'Invalid stops in the request (10016)',
    );
  });

  it('keeps no placeholder for a number', () => {
    expect(rejectWords('Ticket (#) unknown, sl=#')).toBe('Ticket (…) unknown, sl=…');
  });
});
