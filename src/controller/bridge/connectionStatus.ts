import type { BridgeStatus } from '../../api/state/state.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { Link } from '../ports/link.ts';
import type { ConnectionFacts } from '../risk/tradingGuards.ts';
import type { CloseOnlySwitch } from '../session/closeOnlySwitch.ts';
import type { CommandPath } from '../session/commandPath.ts';
import type { EaSession } from '../session/eaSession.ts';
import type { FrameLog } from '../session/frameLog.ts';
import type { ProtocolSession } from '../session/protocolSession.ts';
import type { UnreadableFrames } from '../session/unreadableFrames.ts';
import type { OrderManager } from './orderManager.ts';
import type { PeerWatch } from './peerWatch.ts';

/** Parts of an EA's connection that have a state. */
export interface ConnectionParts {
  link: Link;
  peers: PeerWatch;
  session: EaSession;
  protocol: ProtocolSession;
  closeOnlySwitch: CloseOnlySwitch;
  commandPath: CommandPath;
  orderManager: OrderManager;
  account: ReportedFigures;
  unreadable: UnreadableFrames;
  wire: FrameLog;
}

type ShownStatus = Pick<
  BridgeStatus,
  | 'channels'
  | 'stream'
  | 'backlog'
  | 'roundTripMs'
  | 'secondPeer'
  | 'helloProblem'
  | 'speaks8'
  | 'eaCloseOnly'
  | 'ownEaVersion'
  | 'commandProved'
  | 'unreadable'
  | 'wireFrames'
>;

/** The state of an EA's connection: as the contract has it, and as the trading guards judge it. */
export class ConnectionStatus {
  private readonly parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.parts = parts;
  }

  /** For the contract. */
  shown(): ShownStatus {
    const { closeOnlySwitch, peers, protocol, session, unreadable, wire } = this.parts;
    return {
      channels: peers.health(),
      stream: session.stream,
      backlog: session.backlog,
      roundTripMs: session.roundTripMs,
      secondPeer: peers.secondPeer,
      helloProblem: protocol.problem,
      speaks8: protocol.session !== null,
      eaCloseOnly: closeOnlySwitch.state,
      ownEaVersion: protocol.ownEaVersion,
      commandProved: session.stream !== 'current' || this.isCommandProved(),
      unreadable: unreadable.count,
      wireFrames: wire.count,
    };
  }

  /** For the trading guards. @param leaving the bridge is being removed: it counts as not connected */
  facts(leaving: boolean): ConnectionFacts {
    const { account, closeOnlySwitch, link, peers, protocol, session } = this.parts;
    const { command, feedback } = peers.channels;
    return {
      endpoints: link.endpoints,
      commandConnected: command.connected && !leaving,
      feedbackConnected: feedback.connected && !leaving,
      secondPeer: peers.secondPeer,
      helloProblem: protocol.problem,
      isEaCloseOnly: closeOnlySwitch.holdsEntries,
      commandProved: this.isCommandProved(),
      stream: session.stream,
      figuresAgeMs: account.figuresAgeMs(),
      quotesAgeMs: session.quotesAgeMs,
    };
  }

  private isCommandProved(): boolean {
    const { commandPath, orderManager } = this.parts;
    return commandPath.proved(orderManager.identity.names);
  }
}
