import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import type { FireRequest } from '../../src/api/contract.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import type { BridgeBench } from './bridgeBench.ts';
import { FakeLink } from './fakeLink.ts';
import { mainBridge } from './mainBridge.ts';

export interface SecondBridge {
  link: FakeLink;
  fire: (changes?: Partial<FireRequest>) => Promise<Order>;
  /** The EA reports the success of an order. */
  fills: (signalId: string) => void;
  heartbeat: () => void;
}

/** A further bridge on a bench, with its EA connected and heard from. @param journal left out: it shares the bench's */
export function addBridge(
  { clock, controller }: Pick<BridgeBench, 'clock' | 'controller'>,
  config: Partial<BridgeConfig> & { id: string },
  journal?: Journal,
): SecondBridge {
  const link = new FakeLink();
  controller.addBridge({ ...mainBridge, ...config }, link, journal);
  const answerPings = (): void => {
    for (const { type } of link.takeSent()) if (type === 'ping') link.says({ type: 'pong' });
  };
  const heartbeat = (): void => {
    link.says({ type: 'heartbeat', balance: 3000, equity: 2987.5, positions: 1 });
  };
  link.join();
  answerPings();
  clock.advance(1_000);
  answerPings();
  link.says({ type: 'status', status: 'config', account: 1000001, server: 'Broker-Demo' });
  heartbeat();
  link.takeSent();
  return {
    link,
    fire: (changes = {}) =>
      controller.orders.fire(
        {
          ...{ bridge: config.id, action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 },
          ...{ signalId: '', confirmed: [], ...changes },
        },
        'ticket',
      ),
    fills: (signal_id) => {
      link.says({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: 1.5 });
    },
    heartbeat,
  };
}
