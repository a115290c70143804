import type { CDPSession } from '@playwright/test';

/** An event of Chromium's trace; times in µs. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  /** Time that the thread itself used. */
  tdur?: number;
  args?: { name?: string };
}

export interface FrameTimes {
  frames: number;
  /** Script and layout of each frame, ms of the page's own thread. */
  script: number[];
  /** Longest task of the page's own thread, ms of its own time. */
  longestTask: number;
}

const categories = [
  '-*',
  'toplevel',
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  '__metadata',
];
/** Script of every kind, styles and layout. Those within another one are counted once. */
const counted = new Set([
  ...['FunctionCall', 'EvaluateScript', 'FireAnimationFrame', 'TimerFire', 'EventDispatch', 'RunMicrotasks'],
  ...['V8.GC_SCAVENGER', 'MinorGC', 'MajorGC', 'UpdateLayoutTree', 'Layout'],
]);

/** Traces the page while something goes on, and adds up script and layout of each of its frames. */
export async function traceFrames(session: CDPSession, action: () => Promise<void>): Promise<FrameTimes> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: categories },
  });
  await action();
  const complete = new Promise<void>((resolve) => {
    session.once('Tracing.tracingComplete', () => {
      resolve();
    });
  });
  await session.send('Tracing.end');
  await complete;
  return frameTimes(events);
}

function frameTimes(events: readonly TraceEvent[]): FrameTimes {
  const main = mainThread(events);
  const own = events
    .filter(({ pid, tid }) => pid === main.pid && tid === main.tid)
    .sort((one, other) => one.ts - other.ts);
  const begins = own.filter(({ name }) => name === 'BeginMainThreadFrame').map(({ ts }) => ts);
  const script = begins.slice(1).map(() => 0);
  let end = 0;
  let frame = 0;
  for (const { name, ph, ts, dur = 0, tdur } of own) {
    if (ph !== 'X' || !counted.has(name) || ts < end) continue;
    end = ts + dur;
    while ((begins[frame + 1] ?? Number.POSITIVE_INFINITY) <= ts) frame += 1;
    if (ts >= (begins[frame] ?? 0) && frame < script.length)
      script[frame] = (script[frame] ?? 0) + (tdur ?? dur) / 1000;
  }
  const tasks = own.filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'));
  return {
    frames: script.length,
    script,
    longestTask: tasks.reduce((most, { tdur, dur = 0 }) => Math.max(most, (tdur ?? dur) / 1000), 0),
  };
}

/** The main thread that drew the most frames: the page's, not a worker's or the browser's. */
function mainThread(events: readonly TraceEvent[]): { pid: number; tid: number } {
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const framesOf = ({ pid, tid }: TraceEvent): number =>
    events.filter((each) => each.name === 'BeginMainThreadFrame' && each.pid === pid && each.tid === tid).length;
  const [main] = threads.toSorted((one, other) => framesOf(other) - framesOf(one));
  if (main === undefined) throw new Error('The trace names no main thread of a page.');
  return main;
}
