import type { ConnectionHistory, LinkSpan, LinkState } from '../../api/state/connectionHistory.ts';
import { type ChannelName, channelNames } from '../../api/state/state.ts';
import { repeatMs } from './connectionLog.ts';
import type { ConnectionRow } from '../ports/journalHistory.ts';

export const historyMs = 24 * 3_600_000;
/** Time before the history whose rows tell its first state, ms. */
export const leadMs = 2 * repeatMs;
/** Most spans of one channel; beyond it short spans are merged, to at most twice as many. */
const mostSpans = 300;

/** Merged spans show the worst state, by this order. */
const severity: readonly LinkState[] = ['up', 'waiting', 'quiet', 'off', 'down'];

/** @param rows the oldest first */
export function connectionHistory(rows: readonly ConnectionRow[], from: number, to: number): ConnectionHistory {
  const spansOf = (channel: ChannelName): LinkSpan[] => merge(clip(foldRows(rows, channel, to), from, to), from, to);
  const [command, telemetry, feedback] = channelNames.map(spansOf);
  return {
    from,
    to,
    channels: { command: command ?? [], telemetry: telemetry ?? [], feedback: feedback ?? [] },
  };
}

function foldRows(rows: readonly ConnectionRow[], channel: ChannelName, to: number): LinkSpan[] {
  const spans: LinkSpan[] = [];
  /** Starts a span unless the state goes on. A clock that was set back makes no span negative. */
  const begin = (state: LinkState, at: number): LinkSpan => {
    const last = spans.at(-1);
    if (last?.state === state) return last;
    const since = last === undefined ? at : Math.max(last.from, at);
    if (last !== undefined) last.to = since;
    const span = { state, from: since, to: since, drops: 0 };
    spans.push(span);
    return span;
  };
  for (const { at, event } of rows) {
    if (event.kind === 'start') {
      if (event.aliveUntil !== null) begin('off', Math.min(event.aliveUntil, at));
      begin('waiting', at);
    } else if (event.channel === channel) {
      begin(event.state, event.since).drops += event.drops;
    }
  }
  const last = spans.at(-1);
  if (last !== undefined) last.to = Math.max(last.from, to);
  return spans;
}

function clip(spans: readonly LinkSpan[], from: number, to: number): LinkSpan[] {
  return spans
    .filter((span) => span.to > from && span.from < to)
    .map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to, to) }));
}

function merge(spans: LinkSpan[], from: number, to: number): LinkSpan[] {
  if (spans.length <= mostSpans) return spans;
  const width = (to - from) / mostSpans;
  const merged: LinkSpan[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    const short = last !== undefined && span.to - last.from < width;
    if (!short && last?.state !== span.state) {
      merged.push({ ...span });
      continue;
    }
    last.to = span.to;
    last.drops += span.drops;
    if (severity.indexOf(span.state) > severity.indexOf(last.state)) last.state = span.state;
  }
  return merged;
}
