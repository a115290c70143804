import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderAddress, readOrderAddress } from '../../src/domain/orders/orderRef.ts';
import { putOrder } from '../../src/api/state/putOrder.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { anOrder } from '../renderer/anOrder.ts';

describe('the list of orders', () => {
  it('has each order of each bridge once, those of a bridge by number, whatever comes when', () => {
    const order = fc.record({
      bridge: fc.constantFrom('main', 'gold', 'paper'),
      number: fc.integer({ min: 1, max: 12 }),
      // A clock that is set back and forward.
      at: fc.integer({ min: 0, max: 20 }),
      state: fc.constantFrom('sent', 'unknown', 'filled', 'rejected', 'refused'),
    });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 60 }), (changes) => {
        const latest = new Map<string, Order>();
        let list: Order[] = [];
        for (const change of changes) {
          const fresh = anOrder(change);
          latest.set(`${fresh.bridge} ${String(fresh.number)}`, fresh);
          list = putOrder(list, fresh);
        }
        expect(new Set(list)).toEqual(new Set(latest.values()));
        for (const bridge of ['main', 'gold', 'paper']) {
          const numbers = list.filter((each) => each.bridge === bridge).map(({ number }) => number);
          expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps those in doubt behind five hundred others', () => {
    let list = [anOrder({ bridge: 'gold', state: 'unknown', at: 1 })];
    for (let number = 1; number <= 600; number += 1) list = putOrder(list, anOrder({ number, at: 1 + number }));
    expect(list).toHaveLength(501);
    expect(list.at(-1)).toMatchObject({ bridge: 'gold' });
  });
});

it('an order in an address is read as it was written, and nothing else is', () => {
  expect(readOrderAddress(orderAddress({ bridge: 'gold-2', number: 12 }))).toEqual({ bridge: 'gold-2', number: 12 });
  for (const text of ['12', '/12', 'main/', 'main/12/3', 'ma in/12', 'main/1.5', 'main/-1', 'main/99999999999999999']) {
    expect(readOrderAddress(text)).toBeNull();
  }
});
