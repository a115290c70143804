/** `process.parentPort` of Electron's utility processes, in place of Node's IPC channel. */
interface UtilityParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * Listens to the process that started this one, under any shell.
 * @returns false when a person started this process
 */
export function openParentPort(onMessage: (message: unknown) => void, onGone: () => void): boolean {
  const utility = (process as { parentPort?: UtilityParentPort }).parentPort;
  if (utility !== undefined) {
    utility.on('message', (event) => {
      onMessage(event.data);
    });
    return true;
  }
  if (process.send === undefined) return false;
  process.on('message', onMessage);
  process.once('disconnect', onGone);
  return true;
}
