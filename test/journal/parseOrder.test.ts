import { expect, it } from 'vitest';
import { parseOrder } from '../../src/journal/rows/parseOrder.ts';
import { sentOrder } from '../support/sentOrder.ts';

it('reads an order of an earlier version: a numeric ticket becomes text, and what it lacked gets its default', () => {
  const { longId, tradedLot, unchecked, ...before } = sentOrder;
  const stored = JSON.stringify({ ...before, ticket: 8412389 });
  expect(parseOrder(stored)).toEqual({ ...before, ticket: '8412389', longId, tradedLot, unchecked });
});
