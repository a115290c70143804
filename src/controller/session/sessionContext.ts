import type { LogError } from '../../base/guard.ts';
import type { CodePage } from '../../protocol/ea/codePage.ts';
import type { ControlCommand } from '../../protocol/ea/commandFrame.ts';
import type { AccountIdentity } from '../account/accountIdentity.ts';
import type { DealLog } from '../account/dealLog.ts';
import type { ListedTrades } from '../account/listedTrades.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { OrderSender } from '../orders/orderSender.ts';
import type { PositionReconciler } from '../orders/positionReconciler.ts';
import type { Clock } from '../ports/clock.ts';
import type { Publication } from '../ports/stores.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { ChannelMonitors } from './channelMonitor.ts';
import type { CloseOnlySwitch } from './closeOnlySwitch.ts';
import type { PingLedger } from './pingLedger.ts';
import type { ProtocolSession } from './protocolSession.ts';
import type { Deal8 } from '../../protocol/protocol8/reports.ts';
import type { FrameLog } from './frameLog.ts';
import type { UnreadableFrames } from './unreadableFrames.ts';

/** Listener for an EA's reports of account, positions and orders. */
export interface SessionListener {
  identity: AccountIdentity;
  orders: OrderSender;
  positions: PositionReconciler;
  listed: ListedTrades;
  accountRules: RuleListener;
}

/** Listener of the account rules. */
interface RuleListener {
  /** Called once the figures of a report are taken. */
  reported: () => void;
  /** Called with each whole list of positions. @param monotonic ms */
  listCame: (monotonic: number) => void;
  deal: (deal: Deal8) => void;
}

export interface EaSessionContext {
  bridge: string;
  slippage: () => number;
  codePage: () => CodePage;
  clock: Clock;
  journalWriter: JournalWriter;
  channels: ChannelMonitors;
  account: ReportedFigures;
  listener: SessionListener;
  deals: DealLog;
  unreadable: UnreadableFrames;
  wire: FrameLog;
  publication: Publication;
  pings: PingLedger;
  protocol: ProtocolSession;
  closeOnlySwitch: CloseOnlySwitch;
  send: (command: ControlCommand) => void;
  /**
   * Called for an answered ping.
   * @param sentAt monotonic ms
   */
  ponged: (sentAt: number, roundTripMs: number) => void;
  /** Called when the stream is current, and with each hello then: whether the EA has said one. */
  caughtUp: (isGreeted: boolean) => void;
  alarm: (text: AlarmText) => void;
  /** Called with a bug in a part of a frame. */
  logError: LogError;
}
