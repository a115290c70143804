import type { ContractError } from './contract.ts';

/** Thrown by a handler for what the caller can mend, and given to the caller as the rejection of its call. */
export class ContractFailure extends Error {
  readonly code: ContractError['code'];

  constructor(error: ContractError) {
    super(error.message);
    this.name = 'ContractFailure';
    this.code = error.code;
  }
}
