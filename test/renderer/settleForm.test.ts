import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calls } from '../../src/api/contract.ts';
import { emptySettlement, readSettlement, type SettleFields } from '../../renderer/views/orders/settleForm.ts';

const order = { bridge: 'main', number: 7 };
const typed = (changes: Partial<SettleFields>): SettleFields => ({ ...emptySettlement, ...changes });

describe('settling by hand', () => {
  it('takes what was found in MT5, with or without a price', () => {
    expect(
      readSettlement(typed({ found: 'yes', ticket: ' 8412391 ', price: '2341.50', note: ' seen ' }), order),
    ).toEqual({
      request: { order: 7, bridge: 'main', found: { ticket: '8412391', price: 2341.5 }, note: 'seen' },
    });
    expect(readSettlement(typed({ found: 'yes', ticket: '1' }), order)).toEqual({
      request: { order: 7, bridge: 'main', found: { ticket: '1', price: null }, note: '' },
    });
  });

  it('takes that nothing was found, whatever was typed before', () => {
    expect(readSettlement(typed({ found: 'no', ticket: 'rubbish', price: ',' }), order)).toEqual({
      request: { order: 7, bridge: 'main', found: null, note: '' },
    });
  });

  it.each([
    [{}, 'found', 'what you found'],
    [{ found: 'yes' }, 'ticket', 'Type the ticket'],
    [{ found: 'yes', ticket: '0' }, 'ticket', 'whole number'],
    [{ found: 'yes', ticket: '-5' }, 'ticket', 'whole number'],
    [{ found: 'yes', ticket: '84 12' }, 'ticket', 'whole number'],
    [{ found: 'yes', ticket: '99999999999999999999' }, 'ticket', 'whole number'],
    [{ found: 'yes', ticket: '1', price: '2341,5' }, 'price', 'comma'],
    [{ found: 'yes', ticket: '1', price: '0' }, 'price', 'above 0'],
    [{ found: 'yes', ticket: '1', price: '1e3' }, 'price', 'above 0'],
    [{ found: 'no', note: 'x'.repeat(501) }, 'note', '501 characters'],
  ] as const)('says what is wrong with %j', (changes, field, words) => {
    expect(readSettlement(typed(changes), order)).toEqual({
      errors: { [field]: expect.stringContaining(words) as string },
    });
  });

  it('asks for nothing that the app would not take', () => {
    const text = fc.oneof(fc.string(), fc.nat().map(String), fc.double().map(String));
    const fields = fc.record({
      found: fc.constantFrom('yes' as const, 'no' as const, null),
      ticket: text,
      price: text,
      note: fc.string({ maxLength: 600 }),
    });
    fc.assert(
      fc.property(fields, (candidate) => {
        const read = readSettlement(candidate, order);
        if ('request' in read) expect(calls.settle.input.safeParse(read.request).success).toBe(true);
        else expect(Object.keys(read.errors).length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
