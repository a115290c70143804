import { randomBytes } from 'node:crypto';
import { type ApiClient, connectApi } from '../../src/api/rpc/connectApi.ts';
import { memoryTransport } from '../../src/api/rpc/memoryTransport.ts';
import { type Handlers, serveApi } from '../../src/api/rpc/serveApi.ts';
import { Controller } from '../../src/controller/controller.ts';
import type { ControllerOptions } from '../../src/controller/controllerOptions.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { systemClock } from '../../src/host/machine/systemClock.ts';
import { memoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import type { SocketPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { mainBridge } from '../support/mainBridge.ts';
import { noEngines } from '../support/memoryEngines.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';
import { sha256 } from '../../src/host/machine/sha256.ts';
import type { Link } from '../../src/controller/ports/link.ts';

export interface BenchApp {
  controller: Controller;
  link: Link;
  /** Of every bridge. */
  links: Link[];
  /** A client of the contract, over a transport. */
  client: ApiClient;
  stop: () => Promise<void>;
}

/** The whole core on real sockets, with one bridge and one client that follows. */
export async function openBenchApp(
  journal: Journal = memoryJournal(),
  patterns: SocketPatterns = { command: 'push', feedback: 'push' },
  more: Partial<Pick<ControllerOptions, 'engines' | 'publication' | 'mostUnanswered'>> & { bridges?: number } = {},
): Promise<BenchApp> {
  const { bridges = 1, ...options } = more;
  const logError = (sentence: string, error?: unknown): void => {
    throw new Error(sentence, { cause: error });
  };
  const controller = new Controller({
    clock: systemClock,
    random: (count) => randomBytes(count),
    sha256,
    journal,
    app: { version: 'bench', dataDir: '', logDir: '', shippedEaVersion: null, gateway: null, publish: null },
    settings: defaultSettings,
    ...noEngines,
    ...options,
    logError,
  });
  const ports = { commandPort: 0, telemetryPort: 0, feedbackPort: patterns.feedback === 'req' ? 0 : null };
  const open = () => openLink({ host: '127.0.0.1', ...ports, patterns, allowPeers: [], telemetryPeers: 1, logError });
  const links = await Promise.all(Array.from({ length: bridges }, open));
  for (const [index, link] of links.entries())
    controller.addBridge({ ...mainBridge, id: index === 0 ? 'main' : `bridge${String(index)}` }, link);
  const [clientEnd, serverEnd] = memoryTransport();
  const handlers = {
    snapshot: () => controller.snapshot(),
    fire: (request, caller) => controller.orders.fire(request, caller.source),
  } satisfies Partial<Handlers>;
  serveApi(
    serverEnd,
    { handlers: handlers as unknown as Handlers, follow: (listener) => controller.follow(listener), logError },
    { source: 'ticket' },
  );
  const [link] = links;
  if (link === undefined) throw new Error('There is no bridge.');
  return { controller, link, links, client: connectApi(clientEnd), stop: () => controller.stop() };
}
