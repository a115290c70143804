/**
 * Tells a listener in a turn of its own. What goes wrong there, at once or later, is a warning of the process: it costs
 * neither the process nor the outcome of an order that is under way.
 */
export function tellListener<T>(name: string, listener: ((told: T) => unknown) | undefined, told: T): void {
  if (listener === undefined) return;
  Promise.resolve(told)
    .then(listener)
    .catch((error: unknown) => {
      process.emitWarning(`${name} failed, and the order goes on: ${textOf(error)}`, 'BittenDeskWarning');
    });
}

/** Anything can be thrown, also what has no text. */
function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  } catch {
    return 'something without a text was thrown';
  }
}
