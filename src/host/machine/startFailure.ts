/** Why the app can't start, as one sentence for the person who started it. It ends with exit code 1. */
export class StartFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartFailure';
  }
}

/**
 * A {@link StartFailure} for an error of the file system, such as a folder that can't be made, read or written; any other
 * error as it is.
 */
export function startFailureOf(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  return new StartFailure(
    `The data folder ${dataDir} can't be used: ${error.message}. Look whether its disk has room and whether you may write to it, or choose another folder with --data-dir.`,
  );
}
