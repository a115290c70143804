import type { ChannelName } from '../../src/api/state/state.ts';
import type { SocketPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import type { Running } from '../support/processes.ts';
import { type PeerMode, startPythonEa } from '../support/pythonPeer.ts';
import type { Undos } from './appHarness.ts';
import { hastyClock, LinkDesk } from './linkHarness.ts';
import { openTcpProxy, type TcpProxy } from './tcpProxy.ts';
import type { Link } from '../../src/controller/ports/link.ts';

/** The sockets of a bridge. `own`: feedback has a port of its own. */
export interface Sockets extends SocketPatterns {
  feedbackPort: 'shared' | 'own';
}

interface PythonDesk {
  desk: LinkDesk;
  /** One more EA written in Python. */
  join: (mode: PeerMode, ...flags: string[]) => Running;
  /** The same over roads that can be torn up or blocked, one for each socket. */
  joinByRoad: (mode: PeerMode) => Promise<{ peer: Running; roads: Record<ChannelName, TcpProxy> }>;
}

/** A desk whose sockets have these patterns, and EAs of another ZeroMQ library that have them too. */
export async function openWithPeers(
  undos: Undos,
  { feedbackPort, ...patterns }: Sockets,
  dataDir = undos.folder(),
): Promise<PythonDesk> {
  const desk = await LinkDesk.open(undos, {
    dataDir,
    patterns,
    threePorts: feedbackPort === 'own',
    clock: hastyClock(5),
  });
  const flags = ['--command-pattern', patterns.command, '--feedback-pattern', patterns.feedback];
  const start = (endpoints: Link['endpoints'], mode: PeerMode, ...more: string[]): Running => {
    const peer = startPythonEa(endpoints, mode, ...flags, ...more);
    undos.add(() => peer.end('SIGKILL'));
    return peer;
  };
  const road = async (endpoint: string): Promise<TcpProxy> => {
    const opened = await openTcpProxy(endpoint);
    undos.add(() => opened.close());
    return opened;
  };
  return {
    desk,
    join: (mode, ...more) => start(desk.endpoints(), mode, ...more),
    joinByRoad: async (mode) => {
      const ends = desk.endpoints();
      const command = await road(ends.command);
      const telemetry = await road(ends.telemetry);
      const feedback = ends.feedback === ends.telemetry ? telemetry : await road(ends.feedback);
      const endpoints = { command: command.endpoint, telemetry: telemetry.endpoint, feedback: feedback.endpoint };
      return { peer: start(endpoints, mode), roads: { command, telemetry, feedback } };
    },
  };
}
