import { asError } from '../../base/guard.ts';

/** From the third fault within this time, in ms, the app ends. */
const many = { faults: 3, withinMs: 60_000 };

/** The running app, as the last guard sees it. */
export interface Guarded {
  /**
   * Nobody knows what the fault left half done: disarms every bridge, raises an alarm and looks whether the journal can be
   * written and the EAs' sockets are read.
   * @returns why it can't go on, as the end of a sentence; null: it can
   */
  distrust: () => string | null;
  /** Into the log, at once. */
  write: (sentence: string, error: unknown) => void;
  /** Writes what the next start must know; called right before the process ends. */
  lastWords: () => void;
}

interface ProcessEvents {
  on: (event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void) => unknown;
}

export interface LastGuardParts {
  process?: ProcessEvents;
  /** Monotonic ms. */
  now?: () => number;
  say: (sentence: string) => void;
  /** Ends the process with exit code 1. @param sentence why */
  end: (sentence: string) => void;
}

export interface LastGuard {
  /** From now on a fault ends the process only when the app can't go on. Before, it is a start that failed. */
  protect: (app: Guarded) => void;
}

/**
 * Handles `uncaughtException` and `unhandledRejection`: faults that no entry point's guard has caught (ARCHITECTURE rule 7a).
 * Trading stops until a person arms again, while sockets are read and closes work. Every shell uses it.
 */
export function openLastGuard({
  process: events = process,
  now = () => performance.now(),
  ...parts
}: LastGuardParts): LastGuard {
  let app: Guarded | null = null;
  let times: number[] = [];
  /** Runs a step of the guard, so that its failure keeps no other step from running. @returns the failure, or null */
  const tryTo = (action: () => void): unknown => {
    try {
      action();
      return null;
    } catch (error) {
      return error;
    }
  };
  const say = (sentence: string): void => {
    tryTo(() => {
      parts.say(sentence);
    });
  };
  const end = (why: string): void => {
    const unwritten = tryTo(() => app?.lastWords());
    if (unwritten !== null) say(`The mark of the data folder could not be written: ${asError(unwritten).message}`);
    parts.end(`BITTEN Desk ends: ${why}. Positions stay open: look in MT5, then start it again.`);
  };
  const take = (thrown: unknown): void => {
    const error = asError(thrown);
    say(`A bug came past every guard: ${error.stack ?? error.message}`);
    if (app === null) {
      end('it could not start because of a bug');
      return;
    }
    const running = app;
    times = [...times.filter((at) => now() - at < many.withinMs), now()];
    try {
      // Trading stops first, whatever becomes of the words about it.
      const broken = running.distrust();
      tryTo(() => {
        running.write('A bug came past every guard.', error);
      });
      if (broken !== null) end(`after a bug, ${broken}`);
      else if (times.length >= many.faults) end('three bugs came past every guard within a minute');
    } catch (worse) {
      end(`a bug could not be handled (${asError(worse).message})`);
    }
  };
  events.on('uncaughtException', take);
  events.on('unhandledRejection', take);
  return {
    protect: (running) => {
      app = running;
    },
  };
}
