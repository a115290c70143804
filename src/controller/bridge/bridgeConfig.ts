import type { OnFault, LogError } from '../../base/guard.ts';
import type { Order } from '../../domain/orders/order.ts';
import type { BridgeKind } from '../../api/state/state.ts';
import { brokerNameOf } from '../../domain/market/symbolTable.ts';
import type { Journal } from '../ports/journal.ts';
import type { JournalWriter } from '../records/journalWriter.ts';
import type { AlarmText } from '../alarms/alarm.ts';
import type { Clock } from '../ports/clock.ts';
import type { Publication, RandomBytes } from '../ports/stores.ts';
import type { BridgeSettings } from '../../api/settings/bridgeSettings.ts';

export interface BridgeConfig extends BridgeSettings {
  id: string;
  kind: BridgeKind;
  /** Wish to start armed. Orders in doubt and the kill switch overrule it. */
  armed: boolean;
  /** Flags of the start that go before the settings of its sockets. */
  startFlags: string[];
}

/** What a bridge needs of its surroundings. */
export interface BridgeContext {
  clock: Clock;
  random: RandomBytes;
  journal: Journal;
  journalWriter: JournalWriter;
  nextOrderNumber: () => number;
  /** Orders in doubt of bridges that the journal knows and that aren't there any more. */
  orphans: () => Order[];
  killed: () => boolean;
  /** Disarms where the app or the machine stood still. */
  lookAtClock: () => void;
  publishOrder: (order: Order) => void;
  /** A refusal beyond what is listed: whoever fired the order hears of it, and it is counted. */
  tellRefusal: (order: Order) => void;
  alarm: (alarm: AlarmText) => void;
  publication: Publication;
  /** S11: how many buys and sells may be unanswered at a time: one, but in benches. */
  mostUnanswered: number;
  /** Something about the bridge changed that must be seen at once. */
  changed: () => void;
  /** Told of a bug behind a command that was on its way. */
  onFault: OnFault;
  /** One sentence about a bug behind what the EA sent. */
  logError: LogError;
}

/** Under which the journal remembers the limits of a bridge, for a start that finds no settings. */
export function limitsKey(bridge: string): string {
  return `limits ${bridge}`;
}

/** Why an order would mean something else under the new settings than under those before, or null. */
export function changedMeaning(before: BridgeSettings, after: BridgeSettings): string | null {
  if (before.stopUnit !== after.stopUnit || before.positionMode !== after.positionMode) {
    return 'The stop unit or the position mode was changed.';
  }
  if (before.codePage !== after.codePage) return 'The code page of the terminal was changed.';
  return sentNames(before) === sentNames(after) ? null : "The broker's name of a symbol was changed.";
}

/** What each symbol is called on the wire. */
function sentNames({ symbols, symbolSuffix }: BridgeSettings): string {
  return JSON.stringify([symbolSuffix, symbols.map((spec) => [spec.symbol, brokerNameOf(spec, symbolSuffix)]).sort()]);
}
