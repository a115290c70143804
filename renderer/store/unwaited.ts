import { appStore } from './appStore.ts';

const maxReport = 4_000;
/** Most problems that one page reports; one that repeats with every frame must not fill the app's log. */
const mostReports = 20;
const reported = new Set<string>();

/**
 * Reports a bug of this window to the app's log.
 * @param more further details
 */
export function reportProblem(problem: unknown, more = ''): void {
  const stack = problem instanceof Error ? (problem.stack ?? problem.message) : String(problem);
  const text = `${stack}${more === '' ? '' : `\n${more}`}`.slice(0, maxReport);
  if (reported.size >= mostReports || reported.has(text)) return;
  reported.add(text);
  // Where the app can't be reached either, the screen's message must do.
  appStore
    .getState()
    .client?.call('reportProblem', { text })
    .catch(() => undefined);
}

/** Reports a bug to the app's log and to the person, after an action or a timer. */
export function tellProblem(problem: unknown): void {
  const why = problem instanceof Error ? problem.message : String(problem);
  reportProblem(problem);
  appStore.setState({
    banner: {
      title: 'A part of this window failed.',
      text: `Look whether what you wanted was done before you repeat it. The desk itself goes on. (${why})`,
    },
  });
}

/** Reports the failure of a promise that nobody awaits. */
export function unwaited(done: Promise<unknown>): void {
  done.catch(tellProblem);
}
