/**
 * Calls a listener in a microtask of its own. An error in it, thrown or rejected, becomes a process warning: it ends
 * neither the process nor the conversation about the order.
 */
export function tellListener<T>(name: string, listener: ((told: T) => unknown) | undefined, told: T): void {
  if (listener === undefined) return;
  Promise.resolve(told)
    .then(listener)
    .catch((error: unknown) => {
      process.emitWarning(`${name} failed, and the order goes on: ${textOf(error)}`, 'BittenDeskWarning');
    });
}

/** Text of whatever was thrown, even a value whose conversion to text throws. */
function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  } catch {
    return 'something without a text was thrown';
  }
}
