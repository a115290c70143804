import type { ChildProcess } from 'node:child_process';

const children: ChildProcess[] = [];

/** Takes down a process that a test started. Its number alone would not do: after hours another process has it. */
export function started(child: ChildProcess): void {
  children.push(child);
}

/** The numbers of those that still run. */
export function leftBehind(): number[] {
  return children.flatMap(({ pid, exitCode, signalCode }) =>
    pid !== undefined && exitCode === null && signalCode === null ? [pid] : [],
  );
}
