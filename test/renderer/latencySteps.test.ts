import { expect, it } from 'vitest';
import { latencySteps } from '../../renderer/views/orders/latencySteps.ts';
import { refusals } from '../../src/domain/orders/refusals.ts';
import { anOrder } from './anOrder.ts';

const times = (order: Parameters<typeof latencySteps>[0]) => latencySteps(order)?.map(({ ms }) => ms) ?? null;

it('an order takes three steps, each of which has its time', () => {
  const timing = { durableMs: 3, handedMs: 5, feedbackMs: 93 };
  expect(times(anOrder({ timing, roundTripMs: 90 }))).toEqual([3, 2, 88]);
});

it('what was not recorded is not made up', () => {
  expect(times(anOrder({ roundTripMs: 88 }))).toEqual([null, null, 88]);
  expect(times(anOrder({ state: 'sent', roundTripMs: null }))).toEqual([null, null, null]);
  const timing = { durableMs: 3, handedMs: 5, feedbackMs: null };
  expect(times(anOrder({ state: 'unknown', roundTripMs: null, timing }))).toEqual([3, 2, null]);
});

it('feedback that overtakes the news of the socket counts from when the order was safe', () => {
  const timing = { durableMs: 3, handedMs: null, feedbackMs: 93 };
  expect(times(anOrder({ timing, roundTripMs: 90 }))).toEqual([3, null, 90]);
});

it('an order that did not leave has none', () => {
  expect(latencySteps(anOrder({ state: 'refused', refusal: refusals.killSwitch() }))).toBeNull();
});
