import type {
  EngineMode,
  EngineSettings,
  EngineState,
  FeedSettings,
  FeedState,
} from '../../../src/api/state/engines.ts';
import type { Attention } from '../attention.ts';
import { formatLots, formatNumber, formatTime } from '../../format.ts';

export const modeNames: Record<EngineMode, string> = { auto: 'Auto', ask: 'Ask', paused: 'Paused' };

export const modeMeanings: Record<EngineMode, string> = {
  auto: 'Its signals are fired at once, without a person.',
  ask: 'Each of its signals waits for a person until it expires.',
  paused: 'Everything that it asks for is refused.',
};

/**
 * Summary of an engine's limits.
 * @param names of bridges by their ID
 */
export function limitWords(engine: EngineSettings, names: ReadonlyMap<string, string>): string[] {
  const { bridges, expiryS } = engine;
  return [
    bridges === null ? 'Every bridge' : bridges.map((id) => names.get(id) ?? id).join(', '),
    ...orderWords(engine),
    `signals wait ${String(expiryS)} s`,
  ];
}

/** What holds for each order of an engine. */
function orderWords(engine: EngineSettings): string[] {
  const { symbols, maxLot, riskPercent, withoutStop, changeOthers, citadelScaling, citadelBy } = engine;
  return [
    symbols === null ? 'every symbol' : symbols.join(', '),
    maxLot === null ? 'any lots' : `at most ${formatLots(maxLot)} lots`,
    riskPercent === null ? 'lots must be said' : `without lots ${String(riskPercent)} % risk`,
    withoutStop ? 'Auto without a stop too' : 'Auto with a stop only',
    ...(changeOthers ? ["changes what it didn't open too"] : []),
    ...(citadelScaling ? [`CITADEL scaling by its ${citadelBy === 'score' ? 'score' : 'risk multiplier'}`] : []),
  ];
}

/** What bounds an engine that fires without a person. */
export function autoWords(engine: EngineSettings): string[] {
  const { tradesPerMinute, tradesPerDay, haltAfter } = engine;
  return [
    ...orderWords(engine),
    tradesPerMinute === null ? 'any number of orders a minute' : `${String(tradesPerMinute)} orders a minute`,
    tradesPerDay === null ? 'any number of trades a day' : `${String(tradesPerDay)} trades a day`,
    haltAfter === null ? 'never halted' : `halted after ${String(haltAfter)} failures`,
  ];
}

/** A figure and its limit, such as "3 of 50". */
export function ofLimit(figure: number, limit: number | null): string {
  return `${formatNumber(figure, 0)} ${limit === null ? '(no limit)' : `of ${formatNumber(limit, 0)}`}`;
}

export function fillRateWords({ fillRate }: EngineState): string {
  return fillRate === null ? '–' : `${formatNumber(fillRate * 100, 0)} %`;
}

/** Why an engine refuses everything; null: it doesn't. */
export function stoppedWords({ halted, mode }: EngineState): { word: string; text: string } | null {
  if (halted !== null) {
    const text = `Since ${formatTime(halted.at)}: ${halted.why}. Everything that it asks for is refused.`;
    return { word: 'HALTED', text };
  }
  return mode === 'paused' ? { word: 'PAUSED', text: modeMeanings.paused } : null;
}

export const engineCounts = ['signals', 'filled', 'rejected', 'refused', 'unknown'] as const;

/** Mark on the tab of the engines; null: none. */
export function attentionOf(engines: readonly EngineState[], waiting: number): Attention | null {
  const halted = engines.filter((engine) => engine.halted !== null).length;
  if (halted === 0) return waiting === 0 ? null : { count: waiting, words: 'waiting', class: 'text-quiet' };
  const words = waiting === 0 ? 'halted' : `halted, ${formatNumber(waiting, 0)} waiting`;
  return { count: halted, words, class: 'text-down' };
}

/** A feed's counts since the app started. */
export const feedCounts = [
  { key: 'received', word: 'Received', meaning: 'Signals that could be read' },
  { key: 'repeated', word: 'Repeated', meaning: 'The same signal again: shown once' },
  { key: 'collided', word: 'Shared ID', meaning: 'Another signal under an ID that was taken: it goes by another' },
  { key: 'tooOld', word: 'Too old', meaning: 'Expired before it came' },
  { key: 'unreadable', word: 'Unreadable', meaning: 'Messages that are no signal' },
  {
    key: 'dropped',
    word: 'Dropped',
    meaning: 'More than a person could look at: over 120 a minute, or the inbox was full',
  },
] as const satisfies { key: keyof FeedState['counts']; word: string; meaning: string }[];

/**
 * Summary of the handling of a feed's signals.
 * @param names of bridges by their ID
 */
export function feedWords(feed: FeedSettings, names: ReadonlyMap<string, string>): string[] {
  const { topics, bridge, maxAgeS, riskPercent, maxLot } = feed;
  const anyBridge = names.size > 1 ? 'a person says which bridge' : 'the only bridge';
  return [
    topics.length === 0 ? 'Every topic' : topics.join(', '),
    bridge === null ? anyBridge : (names.get(bridge) ?? bridge),
    maxLot === null ? 'any lots' : `at most ${formatLots(maxLot)} lots`,
    `signals expire after ${String(maxAgeS)} s`,
    riskPercent === null ? 'lots must be said' : `without lots ${String(riskPercent)} % risk`,
  ];
}
