import { join } from 'node:path';
import type { Order } from '../../src/domain/orders/order.ts';
import type { AppState } from '../../src/api/state/state.ts';
import type { Serving } from '../support/processes.ts';
import { full } from '../torture/faults.ts';
import { until } from '../support/until.ts';
import { compileMql5 } from './compile.ts';
import { startTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

const expertPath = join(import.meta.dirname, '..', '..', 'mt5', 'Experts', 'BittenDesk.mq5');

export const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

/** The EA's program without the sanitizers, which keep memory that was freed. */
export const compilePlainEa = (): Promise<string> => compileMql5(expertPath);

/** The EA's program, under the sanitizers in a full torture run; takes a while where it has changed. */
export const compileEa = (): Promise<string> => compileMql5(expertPath, { sanitize: full });

/** What the sanitizers have found in programs that have ended. */
export const sanitizerFaults: string[] = [];

/** Starts the compiled EA against the sockets of a backend. */
export async function startEa(
  { command, telemetry }: { command: string; telemetry: string },
  { inputs, switches, ...options }: TerminalOptions = {},
  compile = compileEa,
): Promise<Terminal> {
  const ports = { CommandPort: portOf(command), TelemetryPort: portOf(telemetry) };
  const terminal = startTerminal(await compile(), {
    inputs: { ...ports, Uuid: 'EA-1', SymbolList: 'EURUSD, XAUUSD', ...inputs },
    switches: { ALLOWED: '127.0.0.1', TICKS_MS: 200, ...switches },
    ...options,
  });
  void terminal.finished.then(({ stderr }) => {
    if (/Sanitizer|runtime error/.test(stderr)) sanitizerFaults.push(stderr);
  });
  return terminal;
}

export async function bridgeOf(serving: Serving): Promise<AppState['bridges'][number]> {
  const { stdout } = await serving.cli('--json', 'status');
  const [bridge] = (JSON.parse(stdout) as Pick<AppState, 'bridges'>).bridges;
  if (bridge === undefined) throw new Error('There is no bridge.');
  return bridge;
}

/** Waits until the desk has welcomed the EA and would send it an order. */
export function untilReady(serving: Serving): Promise<AppState['bridges'][number]> {
  return until(
    async () => {
      const bridge = await bridgeOf(serving);
      return bridge.obstacle === null && bridge.speaks8 ? bridge : null;
    },
    'the EA is welcomed, and orders may leave',
    30_000,
  );
}

export async function orderOf(serving: Serving, id: string): Promise<Order | undefined> {
  const { stdout } = await serving.cli('--json', 'status');
  return (JSON.parse(stdout) as { lastOrders: Order[] }).lastOrders.find(({ signalId }) => signalId === id);
}

/** Fires an order, a buy of 0.1 lots of EURUSD but for the changes, and gives its first outcome. */
export async function fire(serving: Serving, id: string, changes: Record<string, string> = {}): Promise<Order> {
  const order = { symbol: 'EURUSD', action: 'buy', lot: '0.1', sl: '500', tp: '1000', id, ...changes };
  const isClose = order.action.startsWith('close');
  const flags = Object.entries(order).filter(([name]) => !isClose || !['lot', 'sl', 'tp'].includes(name));
  const { stdout, stderr } = await serving.cli(
    'fire',
    ...flags.flatMap(([name, value]) => [`--${name}`, value]),
    '--json',
  );
  try {
    return JSON.parse(stdout) as Order;
  } catch {
    throw new Error(`The order ${id} was not fired: ${stdout}${stderr}`);
  }
}
