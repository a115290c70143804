import type { Activity } from '../../api/queries/activity.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { ActivityEntry, ActivityRow } from '../ports/journalHistory.ts';
import { changeWords } from './changeWords.ts';

/** An entry of the journal as a line of what was done. */
export function activityOf({ seq, at, entry }: ActivityRow): Activity {
  const line = (
    by: Activity['by'],
    bridge: string | null,
    what: string,
    details: readonly string[] = [],
  ): Activity => ({
    ...{ seq, at, bridge, by, what },
    details: details.filter((detail) => detail !== ''),
  });
  switch (entry.type) {
    case 'armed':
      return line(entry.by, entry.bridge, entry.armed ? 'Armed' : 'Disarmed', [entry.why ?? '']);
    case 'kill_switch':
      return line(entry.by, null, entry.on ? 'Kill switch pressed' : 'Kill switch released');
    case 'account':
      return line(entry.by, entry.bridge, `Account ${entry.account} ${entry.by === 'app' ? 'taken' : 'accepted'}`, [
        entry.also === undefined ? '' : `Also known as ${entry.also.join(', ')}`,
      ]);
    case 'rebased':
      return line(entry.by, entry.bridge, rebaseWords(entry), [entry.note === '' ? '' : `Note: ${entry.note}`]);
    case 'settings':
      return line(entry.by, entry.bridge, settingsWords(entry), changeWords(entry.before, entry.changes));
    case 'engine':
      return line(
        entry.by,
        null,
        `Engine ${entry.engine} ${memberWords(entry.change)}`,
        changeDetails(entry.change, entry.before),
      );
    case 'feed':
      return line(entry.by, null, `Feed ${entry.feed} ${memberWords(entry.change)}`, changeDetails(entry.change));
    case 'acknowledged':
      return line(
        entry.by,
        null,
        entry.alarms.length === 1 ? 'Alarm acknowledged' : `${String(entry.alarms.length)} alarms acknowledged`,
        entry.alarms.map(({ text }) => text),
      );
    case 'order':
      return settledLine(entry.order, line);
    default:
      return assertNever(entry);
  }
}

type Of<Type extends ActivityEntry['type']> = Extract<ActivityEntry, { type: Type }>;

function settledLine(
  { bridge, signalId, state, settledBy, ticket }: Of<'order'>['order'],
  line: (by: Activity['by'], bridge: string, what: string, details: string[]) => Activity,
): Activity {
  const found = state === 'filled' ? `found in MT5${ticket === null ? '' : ` as ticket ${ticket}`}` : 'not in MT5';
  const note = settledBy?.note ?? '';
  return line(settledBy?.by ?? 'app', bridge, `Order ${signalId} settled: ${found}`, [
    note === '' ? '' : `Note: ${note}`,
  ]);
}

function rebaseWords({ equity, dayStart }: Of<'rebased'>): string {
  if (dayStart === undefined) return `Day start and peak re-based to ${equity.toFixed(2)}`;
  const before = dayStart.before === null ? '' : ` from ${dayStart.before.toFixed(2)}`;
  return `Day start equity set${before} to ${equity.toFixed(2)}`;
}

function settingsWords({ bridge, changes }: Of<'settings'>): string {
  if (bridge === null) return 'Settings of the app changed';
  const names = Object.keys(changes as object);
  if (names.includes('answersPings')) return 'EA accepted that answers no pings';
  if (names.includes('releasedEa')) return 'EA released that took closes alone';
  if (names.includes('takenOverFrom')) return 'EA taken over from another desk';
  if (names.includes('resumedTrading')) return 'Trading resumed after a second EA';
  if (names.includes('unlockedRule')) return 'Account unlocked from an account rule';
  if (names.includes('ruleBase')) return 'Base of an account rule set';
  if (names.includes('limits')) return names.length === 1 ? 'Limits changed' : 'Settings and limits changed';
  return 'Settings of the bridge changed';
}

/** What happened to an engine or a feed, as the end of a sentence. */
function memberWords(change: unknown): string {
  const { added, removed, halted, mode } = change as Record<string, unknown>;
  if (added !== undefined) return 'added';
  if (removed !== undefined) return 'removed';
  if (typeof halted === 'string') return 'halted';
  if (halted === null) return 'resumed';
  return mode === 'paused' ? 'paused' : 'changed';
}

function changeDetails(change: unknown, before?: unknown): string[] {
  const { added, removed, halted, ...others } = change as Record<string, unknown>;
  if (removed !== undefined) return [];
  return typeof halted === 'string' ? [halted] : changeWords(added === undefined ? before : undefined, added ?? others);
}
