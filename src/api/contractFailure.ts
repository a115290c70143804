/** A failure that the caller can mend: a handler throws it, and the caller's promise rejects with it. */
export class ContractFailure extends Error {
  readonly code: ContractError['code'];

  constructor(error: ContractError) {
    super(error.message);
    this.name = 'ContractFailure';
    this.code = error.code;
  }
}

// The only list of what can be asked of a running instance. Transports, server and clients are derived from it.

/** A call that can't be done, as it crosses the contract. */
export interface ContractError {
  code: 'invalid_input' | 'unknown_call' | 'not_found' | 'not_possible' | 'connection_lost' | 'internal';
  /** One sentence, with what to do. */
  message: string;
}
