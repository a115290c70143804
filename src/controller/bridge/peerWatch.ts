import { ContractFailure } from '../../api/contractFailure.ts';
import type { UnexpectedPeerKind } from '../../api/state/connectionReport.ts';
import {
  channelNames,
  type BridgeState,
  type BridgeStatus,
  type ChannelName,
  type SecondPeer,
} from '../../api/state/state.ts';
import { doEach } from '../../base/guard.ts';
import { connectionAlarms } from '../alarms/connectionAlarms.ts';
import { ConnectionCheck } from '../diagnostics/connectionCheck.ts';
import { ConnectionLog } from '../diagnostics/connectionLog.ts';
import type { ConnectionRow } from '../ports/journalHistory.ts';
import type { Link } from '../ports/link.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import { ChannelMonitor, type ChannelMonitors, healthOf } from '../session/channelMonitor.ts';
import { pingIntervalMs } from '../session/keepAlive.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import { SecondPeerWatch } from '../session/secondPeerWatch.ts';

/** Interval of v7's heartbeat (W11), ms, by which telemetry is judged quiet. */
const telemetryIntervalMs = 5_000;

export interface WatchedBridge {
  id: string;
  endpoints: Link['endpoints'];
  state: () => BridgeState;
  /** Whether the EA has answered a ping since it connected. */
  answersPings: () => boolean;
  /** Sends a ping. False: no EA is connected. */
  ping: () => boolean;
}

/** Peers of a bridge's sockets, joined and refused, for the lamps, the connection check and its log. */
export class PeerWatch {
  readonly channels: ChannelMonitors;
  readonly check: ConnectionCheck;
  private readonly endpoints: Link['endpoints'];
  private readonly id: string;
  private readonly journalWriter: JournalWriter;
  private readonly emit: Emit;
  private readonly second: SecondPeerWatch;
  private readonly log: ConnectionLog;
  private readonly state: () => BridgeState;
  /** The loss of an armed bridge's EA has been told; until every channel has a peer again, more of it says nothing new. */
  private lossTold = false;

  constructor({ id, endpoints, state, answersPings, ping }: WatchedBridge, platform: Platform, emit: Emit) {
    const { clock, journalWriter } = platform;
    this.endpoints = endpoints;
    this.id = id;
    this.journalWriter = journalWriter;
    this.emit = emit;
    this.state = state;
    this.channels = {
      command: new ChannelMonitor(clock, pingIntervalMs),
      telemetry: new ChannelMonitor(clock, telemetryIntervalMs),
      feedback: new ChannelMonitor(clock, pingIntervalMs),
    };
    this.second = new SecondPeerWatch(clock, {
      alarm: (alarm) => {
        emit({ type: 'alarm', alarm });
      },
      changed: () => {
        emit({ type: 'changed' });
      },
    });
    this.log = new ConnectionLog(id, clock, journalWriter);
    this.check = new ConnectionCheck({ clock, state, answersPings, ping });
  }

  /** @param remembered time when the desk was last known to run */
  begin(remembered: unknown): void {
    this.log.start(remembered);
  }

  joined(channel: ChannelName, address: string): void {
    this.channels[channel].joined(address);
    this.check.joined(channel);
    if (channelNames.every((name) => this.channels[name].connected)) this.lossTold = false;
  }

  /** @returns whether the channel has no peer left */
  left(channel: ChannelName): boolean {
    this.channels[channel].left();
    this.log.dropped(channel);
    this.check.left(channel);
    this.second.placeFreed();
    if (this.channels[channel].connected) return false;
    this.tellLoss(channel);
    return true;
  }

  private tellLoss(channel: ChannelName): void {
    if (this.lossTold || !this.state().armed) return;
    this.lossTold = true;
    this.emit({ type: 'alarm', alarm: connectionAlarms.eaLost(this.endpoints[channel]) });
  }

  refused(channel: ChannelName, address: string, why: 'second' | 'not_allowed'): void {
    if (why === 'second') {
      this.second.refused(channel, address);
      return;
    }
    this.check.refusedAddress(channel, address);
    this.emit({ type: 'alarm', alarm: connectionAlarms.notAllowed(address, this.endpoints[channel]) });
  }

  unexpectedPeer(channel: ChannelName, kind: UnexpectedPeerKind): void {
    this.check.unexpectedPeer(channel, kind);
    this.emit({ type: 'alarm', alarm: connectionAlarms.unexpectedPeer(this.endpoints[channel], kind) });
  }

  get secondPeer(): SecondPeer | null {
    return this.second.current;
  }

  /**
   * Resumes trading after a person has removed the second EA.
   * @throws ContractFailure `not_possible` with the reason
   */
  resumeTrading(by: PersonSource): void {
    const why = this.second.resume();
    if (why !== null) throw new ContractFailure({ code: 'not_possible', message: why });
    this.journalWriter.record({ type: 'settings', bridge: this.id, by, changes: { resumedTrading: true } });
  }

  health(): BridgeStatus['channels'] {
    return healthOf(this.channels);
  }

  /** Number of messages of the EA so far. */
  get received(): number {
    return this.channels.telemetry.total + this.channels.feedback.total;
  }

  /** Logs changes of the channels. */
  look(): void {
    this.log.look(this.health());
  }

  /** Rows of the log not yet in the journal. */
  unwritten(): ConnectionRow[] {
    return this.log.unwritten();
  }

  stop(): void {
    doEach([this.check, this.log, this.second], (part) => {
      part.stop();
    });
  }
}
