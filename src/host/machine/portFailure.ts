import type { PortFacts } from '../../api/queries/portTrouble.ts';
import { PortUnavailable } from '../../zmq/bindSocket.ts';
import { StartFailure } from './startFailure.ts';

/** A start that failed because of a port or an interface; another one would do. The message is for the command line. */
export class PortFailure extends StartFailure {
  readonly facts: PortFacts;

  constructor(message: string, facts: PortFacts) {
    super(message);
    this.name = 'PortFailure';
    this.facts = facts;
  }
}

/**
 * Handler of a failed bind.
 * @param bridge ID; null: a port of the app
 * @throws PortFailure for a port that can't be had, StartFailure where another port would not help, other errors as they are
 */
export function portFailureOf(bridge: string | null): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof PortUnavailable)) throw error;
    if (error.facts.reason === 'other') throw new StartFailure(error.message);
    throw new PortFailure(error.message, { bridge, ...error.facts });
  };
}
