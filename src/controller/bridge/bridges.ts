import { ContractFailure } from '../../api/contractFailure.ts';
import type { Bridge } from './bridge.ts';

/** The app's bridges by ID. */
export class Bridges {
  private readonly bridges = new Map<string, Bridge>();

  [Symbol.iterator](): Iterator<Bridge> {
    return this.bridges.values();
  }

  add(bridge: Bridge): void {
    this.bridges.set(bridge.config.id, bridge);
  }

  remove(id: string): void {
    this.bridges.delete(id);
  }

  find(id: string): Bridge | undefined {
    return this.bridges.get(id);
  }

  /** @throws ContractFailure `not_found` */
  get(id: string): Bridge {
    const bridge = this.bridges.get(id);
    if (bridge !== undefined) return bridge;
    throw new ContractFailure({ code: 'not_found', message: `There is no bridge "${id}"; there is ${this.names()}.` });
  }

  /** @param id null: the only one @throws ContractFailure */
  getOrOnly(id: string | null): Bridge {
    if (id !== null) return this.get(id);
    const [only, ...others] = this.bridges.values();
    if (only !== undefined && others.length === 0) return only;
    throw new ContractFailure({ code: 'invalid_input', message: `Say which bridge: there is ${this.names()}.` });
  }

  private names(): string {
    return this.bridges.size === 0 ? 'none' : [...this.bridges.keys()].join(', ');
  }
}
