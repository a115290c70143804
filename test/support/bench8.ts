import type { BridgeConfig } from '../../src/controller/bridge/bridgeConfig.ts';
import { command8Schema, type Command8 } from '../../src/protocol/protocol8/commands.ts';
import { type BenchOptions, bridgeBench } from './bridgeBench.ts';

/** Hello of an EA of protocol 8, as it is parsed. */
export const hello = {
  type: 'hello',
  protocol: 8,
  ea: 'BITTEN Desk EA',
  ea_version: '1.0',
  login: 1000001,
  server: 'Broker-Demo',
  currency: 'EUR',
  leverage: 200,
  margin_mode: 'hedging',
  trade_mode: 'demo',
  trade_allowed: true,
  features: ['reconcile', 'close_all', 'close_only'],
  store: 'intact',
  magic: 20260101,
  epoch: 0,
  sent_at: 1,
};

/** A bench whose EA speaks protocol 8: it has said hello, and each message to it is read by the protocol's definition. */
export function bench8(
  changes: Record<string, unknown> = {},
  options: BenchOptions = {},
  config: Partial<BridgeConfig> = {},
) {
  const bench = bridgeBench(config, options);
  const told: Command8[] = [];
  let welcome: Extract<Command8, { type: 'welcome' }> | null = null;
  const read = (): void => {
    for (const message of bench.link.takeSent()) {
      if (welcome === null && message['session'] === undefined && message['type'] !== 'welcome') {
        // Before a welcome it is spoken to as the documented EA.
        if (message['type'] === 'ping') bench.link.says({ type: 'pong' });
        continue;
      }
      const command = command8Schema.parse(message);
      if (command.type === 'welcome') welcome = command;
      if (command.type === 'ping') bench.link.says({ type: 'pong', n: command.n, at: bench.clock.now() });
      told.push(command);
    }
  };
  bench.link.join();
  bench.link.says({ ...hello, ...changes });
  read();
  bench.clock.advance(1_000);
  read();
  bench.link.says({ type: 'telemetry', balance: 3000, equity: 2990, margin: 10, positions: 1 });
  return { bench, told, read, welcome: () => welcome };
}
