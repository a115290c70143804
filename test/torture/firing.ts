import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import { ContractFailure } from '../../src/api/contractFailure.ts';
import type { FireRequest } from '../../src/api/contract.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { untilTradable } from './appHarness.ts';

const trade = { bridge: 'main', action: 'buy' as const, lot: 0.1, sl: 20, tp: 40, confirmed: [] as string[] };

/** Numbers orders over all lives of an app. Each has a symbol of its own, so that no rule about repetition applies. */
export class OrderSource {
  private count = 0;

  get made(): number {
    return this.count;
  }

  /** @param life becomes the beginning of the ID */
  next(life: number): FireRequest {
    this.count += 1;
    const number = String(this.count).padStart(6, '0');
    // One in ten closes what was bought before; closes need not wait for the result of another order.
    const closes = this.count % 10 === 0;
    const symbol = `S${closes ? String(this.count - 5).padStart(6, '0') : number}`;
    const side = this.count % 2 === 0 ? 'sell' : 'buy';
    return {
      ...trade,
      ...(closes ? { action: 'close', lot: 0.01, sl: 0, tp: 0 } : { ...trade, action: side }),
      symbol,
      signalId: `L${String(life)}_${number}`,
      confirmed: [],
    };
  }
}

export interface Firing {
  /** The ID of every wish so far, the refused ones as well. */
  fired: string[];
  /** What the client knows of each: from replies and events. */
  known: Map<string, Order>;
  /** The wishes whose result the client is waiting for. */
  inFlight: () => FireRequest[];
  /** Calls that ended neither with an order nor with the app. */
  failures: string[];
  /** The last one has its result. */
  done: Promise<void>;
  /** Fires no more. Resolves when the last call has come back, or failed with the app. */
  stop: () => Promise<void>;
}

/**
 * Fires one order after the other, each as soon as the result of the one before is there.
 * @param next null when there are no more
 */
export function keepFiring(client: ApiClient, next: () => FireRequest | null): Firing {
  const wishes: FireRequest[] = [];
  const fired: string[] = [];
  const known = new Map<string, Order>();
  const failures: string[] = [];
  let wake: () => void = () => undefined;
  let stopped = false;

  /** A reply can come after the event that settled the order. */
  const learnFromReply = (order: Order): void => {
    if (!known.has(order.signalId)) known.set(order.signalId, order);
  };
  client.follow(({ event }) => {
    if (event.type === 'order') known.set(event.order.signalId, event.order);
    wake();
  });
  client.onClose(() => {
    stopped = true;
    wake();
  });
  /** Without a reply. What became of these is unknown to the client. */
  const failed = new Set<string>();
  const isOpen = (id: string): boolean => known.get(id)?.state === 'sent' || (!known.has(id) && !failed.has(id));
  const isStopped = (): boolean => stopped;

  const loop = async (): Promise<void> => {
    const closes: Promise<void>[] = [];
    while (!isStopped()) {
      const request = next();
      if (request === null) break;
      wishes.push(request);
      fired.push(request.signalId);
      const answered = client.call('fire', request).then(learnFromReply, (error: unknown) => {
        failed.add(request.signalId);
        if (!(error instanceof ContractFailure)) throw error;
        if (error.code !== 'connection_lost') failures.push(`${request.signalId}: ${error.code}, ${error.message}`);
      });
      if (request.action === 'close') {
        closes.push(answered);
        continue;
      }
      await answered;
      const turnedDown = failed.has(request.signalId) || known.get(request.signalId)?.state === 'refused';
      if (turnedDown && !isStopped()) await nextEvent();
      while (!isStopped() && isOpen(request.signalId)) await nextEvent();
    }
    await Promise.all(closes);
  };
  const nextEvent = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  const ended = loop();
  return {
    fired,
    known,
    failures,
    done: ended,
    inFlight: () => wishes.filter(({ signalId }) => isOpen(signalId)),
    stop: async () => {
      stopped = true;
      wake();
      await ended;
    },
  };
}

/**
 * One after the other, each until it has its result. On a machine that is busy with other things the EA's connection
 * can be lost in between: what was refused for it is fired again.
 */
export async function fireAll(client: ApiClient, signalIds: readonly string[]): Promise<Order[]> {
  const orders: Order[] = [];
  for (const signalId of signalIds) orders.push(await fireUntilSent(client, signalId, 5));
  return orders;
}

async function fireUntilSent(client: ApiClient, signalId: string, tries: number): Promise<Order> {
  const requests = [{ ...trade, symbol: signalId, signalId }];
  const firing = keepFiring(client, () => requests.shift() ?? null);
  await firing.done;
  const order = firing.known.get(signalId);
  if (order === undefined) throw new Error(`${signalId} has come to nothing: ${firing.failures.join(', ')}`);
  if (order.state !== 'refused' || tries === 1) return order;
  await untilTradable(client);
  return fireUntilSent(client, signalId, tries - 1);
}

/** A buy under an ID that was used before. */
export function fireAgain(client: ApiClient, signalId: string): Promise<Order> {
  return client.call('fire', { ...trade, symbol: `AGAIN_${signalId}`, signalId });
}
