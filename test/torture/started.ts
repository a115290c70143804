const pids: number[] = [];

/** Takes down a process that a test started. */
export function started(pid: number | undefined): void {
  if (pid !== undefined) pids.push(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Those of them that still run. */
export function leftBehind(): number[] {
  return pids.filter(isAlive);
}
