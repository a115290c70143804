import type { CallInput } from '../api/contract.ts';
import type { ConnectionHistory } from '../api/state/connectionHistory.ts';
import type { ConnectionCheckResult } from '../api/state/connectionReport.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { Bridges } from './bridge/bridges.ts';

/** Calls about the EA at the other end. Each throws ContractFailure `not_found` where there is no such bridge. */
export class ConnectionCalls {
  private readonly bridges: Bridges;
  private readonly ofApp: readonly string[];

  /** @param ofApp endpoints of the gateway and the publication; null: there is none */
  constructor(bridges: Bridges, ofApp: readonly (string | null)[]) {
    this.bridges = bridges;
    this.ofApp = ofApp.filter((endpoint) => endpoint !== null);
  }

  /** The connection check of now. With `ping` the EA is asked for a sign of life, for up to 3 s. */
  check({ bridge, ping }: CallInput<'verify'>): Promise<ConnectionCheckResult> {
    return this.bridges.get(bridge).check.prove(ping);
  }

  history(bridge: string): Promise<ConnectionHistory> {
    return this.bridges.get(bridge).connectionHistory();
  }

  /** A person has removed the second EA. @throws ContractFailure `not_possible` with why that can't be so */
  resumeTrading(bridge: string): void {
    this.bridges.get(bridge).resumeTrading();
  }

  /** A person has seen in MT5 that an EA without answers is the right one. @throws ContractFailure `not_possible` */
  acceptSilentEa(bridge: string, by: PersonSource): void {
    this.bridges.get(bridge).acceptSilentEa(by);
  }

  /** The TCP ports of every bridge's sockets, of the gateway and of the publication. */
  ports(): number[] {
    const endpoints = [...this.bridges].flatMap((bridge) => Object.values(bridge.state().endpoints));
    return [...new Set([...endpoints, ...this.ofApp])].map((endpoint) =>
      Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)),
    );
  }
}
