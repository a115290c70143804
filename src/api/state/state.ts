import type { AccountLockState, AccountProblem, AccountState, EquityBase } from './accountState.ts';
import type { Alarm } from './alarms.ts';
import type { RuleRow } from '../../domain/accountRules/ruleReport.ts';
import type { RiskRow } from '../../domain/risk/riskReport.ts';
import type { SocketPatterns } from '../../protocol/ea/socketPatterns.ts';
import type { EngineState, FeedState, WaitingSignal } from './engines.ts';
import type { Order, PersonSource } from '../../domain/orders/order.ts';
import type { Quote } from '../../domain/market/quote.ts';
import type { OpenTrades } from '../../domain/positions/openTrades.ts';
import type { ToldSymbol } from '../../domain/market/toldSymbols.ts';
import type { Refusal } from '../../domain/orders/refusal.ts';
import type { Settings } from '../settings/appSettings.ts';
import type { BridgeSettings } from '../settings/bridgeSettings.ts';

// Everything here crosses the contract, so it is JSON: null for absent, times as epoch milliseconds.

export type BridgeKind = 'real' | 'paper';
export const channelNames = ['command', 'telemetry', 'feedback'] as const;
export type ChannelName = (typeof channelNames)[number];

/**
 * `listening`: bound, no peer yet · `connected`: a peer shook hands · `live`: with signs of life · `quiet`: still
 * connected, nothing for three intervals · `down`: the peer was lost.
 */
export type ChannelState = 'listening' | 'connected' | 'live' | 'quiet' | 'down';

export interface ChannelHealth {
  state: ChannelState;
  /** When `state` last changed. */
  since: number;
  /** The peer's IP address as reported by ZAP (S4). */
  peer: string | null;
  /** Command: frames sent. The others: frames received and read. */
  messages: number;
  /** Messages a second over the last five whole seconds. */
  rate: number;
  lastMessageAt: number | null;
}

/** The kill switch is on, since when and by whom. */
export interface KillSwitchState {
  at: number;
  /** `app`: on at the start, because neither journal nor mark could tell. */
  by: PersonSource | 'app';
}

/** N1: why an EA of protocol 8 takes no entries of this desk; null: it does, or speaks another protocol. */
export type HelloProblem =
  /** It speaks another version of the protocol. */
  | { kind: 'protocol'; protocol: number }
  /** It has seen a desk with this or a higher count of starts: another desk, or a newer state of this one. */
  | { kind: 'epoch'; theirs: number; ours: number };

/** N9: an EA's own switch for closes alone. */
export interface EaCloseOnly {
  /** What the EA says. */
  on: boolean;
  /**
   * `not_closed`: the kill switch is on, and the EA has not confirmed it. `still_closed`: the release is not confirmed.
   * `found_closed`: it was not set by this desk, and waits for a person's release. Null: it is as it should be.
   */
  trouble: 'not_closed' | 'still_closed' | 'found_closed' | null;
}

export interface SecondPeer {
  channel: ChannelName;
  address: string;
  at: number;
  attempts: number;
}

/** Fixed from the moment a bridge is added until it is removed. */
interface BridgeIdentity {
  id: string;
  kind: BridgeKind;
  endpoints: Record<ChannelName, string>;
  /** Socket patterns in use, like the present `endpoints`; changed settings take effect at the next start. */
  running: SocketPatterns;
  /** Flags of the start that override settings, such as `--command-port`. */
  startFlags: string[];
}

/** Measured and decided values of a bridge. Each may change with every pulse, 250 ms apart. */
export interface BridgeStatus {
  /** Each limit with its current figure. */
  risk: RiskRow[];
  /** Each rule of the account with its figures. */
  rules: RuleRow[];
  /** The lock of a rule that closed everything; null: none is in force. */
  lock: AccountLockState | null;
  /** Null until the EA has reported the equity of a named account. */
  riskBase: EquityBase | null;
  armed: boolean;
  channels: Record<ChannelName, ChannelHealth>;
  /** W16: `history` while the EA's backlog is being read. */
  stream: 'idle' | 'history' | 'current';
  /** Frames read as history since the last handshake. */
  backlog: number;
  account: AccountState;
  /** The last ping's round trip through the EA's own loop, in ms. */
  roundTripMs: number | null;
  secondPeer: SecondPeer | null;
  /** False: the EA answers no commands, though its account is known to answer pings. */
  commandProved: boolean;
  helloProblem: HelloProblem | null;
  /** Whether an EA of protocol 8 was welcomed, and gets its orders in that form. */
  speaks8: boolean;
  /** Null: no EA with such a switch, or it obeys another desk. */
  eaCloseOnly: EaCloseOnly | null;
  /** Version of the desk's own EA, by its hello in protocol 8; null: another EA, or none has said hello. */
  ownEaVersion: string | null;
  /** The account's name in new orders; null: not named. */
  accountKey: string | null;
  accountProblem: AccountProblem | null;
  /** Why the journal can't be written; null: it can. */
  journalFailure: string | null;
  unreadable: number;
  /** Frames in and out since the start, read or not. */
  wireFrames: number;
  /** Why any buy or sell would be refused now; null: not every one. */
  obstacle: Refusal | null;
}

/** What an EA of protocol 8 tells of its terminal, on change only. */
export interface BridgeTold {
  /** Symbols of the Market Watch (N7). */
  toldSymbols: readonly ToldSymbol[];
}

/** What the account has open, as an EA of protocol 8 lists it: on change, every 30 s, and published by pulse. */
export interface BridgeTrades {
  openTrades: OpenTrades;
}

/** One bridge in the snapshot. Its parts have events of their own: settings on change, status by pulse. */
export interface BridgeState extends BridgeIdentity, BridgeSettings, BridgeStatus, BridgeTold, BridgeTrades {}

export interface UnreadableFrame {
  number: number;
  bridge: string;
  channel: ChannelName;
  at: number;
  size: number;
  reason: string;
  /** Subject as far as it can be recognised. */
  about: 'result' | 'quote' | 'other';
  /** The first bytes, at most 512, in hexadecimal. */
  bytes: string;
}

/** Account figures over one span of time, `at` being its end. */
export interface Sample {
  at: number;
  balance: number;
  equity: number;
  equityLow: number;
  equityHigh: number;
  /** Used margin; null while the last reported one is too old. */
  margin: number | null;
  /** Messages read from the EA in this span; null: not counted, as in journals of earlier versions. */
  messages: number | null;
}

export const paperFaults = ['none', 'reject', 'delay', 'silent', 'drop', 'twice', 'stranger', 'fewer_lots'] as const;
export type PaperFault = (typeof paperFaults)[number];

export interface AppState {
  app: {
    version: string;
    dataDir: string;
    logDir: string;
    paperFault: PaperFault | null;
    /** Version of the EA that comes with the desk; null: its files can't be read. */
    shippedEaVersion: string | null;
    /** Endpoint of the gateway; null: started without. */
    gateway: string | null;
    /** Endpoint of the publication; null: started without. */
    publish: string | null;
  };
  settings: Settings;
  /** Null: off. */
  killSwitch: KillSwitchState | null;
  bridges: BridgeState[];
  quotes: Record<string, Quote[]>;
  /** The newest first, at most {@link listLimits}. */
  orders: Order[];
  unreadable: UnreadableFrame[];
  alarms: Alarm[];
  engines: EngineState[];
  feeds: FeedState[];
  /** Signals that wait for a person, the oldest first. */
  waiting: WaitingSignal[];
}

/**
 * Frames that fit the list, in order. The last ones are dropped first, quotes before others, results at the very end.
 */
export function keepUnreadable<T extends Pick<UnreadableFrame, 'about'>>(frames: readonly T[]): T[] {
  let tooMany = frames.length - listLimits.unreadable;
  let kept = [...frames];
  for (const about of ['quote', 'other', 'result'] as const) {
    if (tooMany <= 0) break;
    const last = kept.filter((frame) => frame.about === about).slice(-tooMany);
    const dropped = new Set(last);
    kept = kept.filter((frame) => !dropped.has(frame));
    tooMany -= last.length;
  }
  return kept;
}

export const listLimits = { orders: 500, unreadable: 200 } as const;

/** Whether a second EA at this channel stops trading: it wants the commands of the first. */
export function stopsTrading({ channel }: SecondPeer): boolean {
  return channel === 'command';
}
