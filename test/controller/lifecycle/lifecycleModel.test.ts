import { expect, it } from 'vitest';
import { transition, type OrderEvent } from '../../../src/controller/orders/orderLifecycle.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import { sentOrder } from '../../support/sentOrder.ts';
import { say, times } from '../../torture/faults.ts';
import { allEvents, reports, type ReportName } from './events.ts';
import { LifecycleModel, type ModelEvent } from './lifecycleModel.ts';

const eventsWanted = times(200_000, 1_000_000);
const eventsOfOne = 12;

const names = new Map(Object.entries(reports).map(([name, report]) => [report, name as ReportName]));

function forModel(event: OrderEvent): ModelEvent {
  switch (event.type) {
    case 'report': {
      const { told, risen, known } = event.positions;
      const name = names.get(event.report) ?? 'unread';
      return { type: 'report', name, slow: event.roundTripMs > 2_000, told, risen, remaining: known };
    }
    case 'positions_rose':
      return { type: event.type, unverified: event.interest === 'unverified' };
    case 'settled_by_hand':
      return { type: event.type, found: event.found !== null };
    default:
      return { type: event.type };
  }
}

/** The numbers of a linear congruential generator: the same walks each time, and told by their seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('is the one that an independent model says, event by event', () => {
  const events = allEvents();
  const seed = Date.now() % 2 ** 31;
  const random = randomFrom(seed);
  const changes = new Map<string, number>();
  let done = 0;
  while (done < eventsWanted) {
    const isClose = random() < 0.3;
    let order: Order = isClose ? { ...sentOrder, action: 'close', lot: 0.01, sl: 0, tp: 0 } : sentOrder;
    const model = new LifecycleModel(isClose);
    const told: string[] = [];
    for (let step = 0; step < eventsOfOne && order.state !== 'refused'; step += 1) {
      const event = events[Math.floor(random() * events.length)];
      if (event === undefined || (event.type === 'not_sent' && order.state !== 'sent')) continue;
      const before = order.state;
      order = transition(order, event).order;
      model.happens(forModel(event));
      told.push(JSON.stringify(forModel(event)));
      done += 1;
      if (order.state !== model.state) {
        const walk = `${isClose ? 'a close' : 'a buy'} after ${told.join(', ')}`;
        throw new Error(`Seed ${String(seed)}: ${walk} is ${order.state}, and the model says ${model.state}.`);
      }
      if (order.state !== before) {
        const change = `${before} ${order.state}`;
        changes.set(change, (changes.get(change) ?? 0) + 1);
      }
    }
  }
  say(
    `lifecycle: ${String(done)} events, 0 divergences; ${[...changes].map(([what, count]) => `${what} ${String(count)}`).join(', ')}`,
  );
  expect([...changes.keys()]).toEqual(
    expect.arrayContaining([
      'sent refused',
      'sent filled',
      'sent rejected',
      'sent unknown',
      'unknown filled',
      'unknown rejected',
      'filled unknown',
      'rejected unknown',
      'rejected filled',
    ]),
  );
}, 120_000);
