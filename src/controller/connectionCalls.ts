import type { CallInput } from '../api/contract.ts';
import type { BarsAnswer } from '../api/queries/bars.ts';
import type { ConnectionHistory } from '../api/state/connectionHistory.ts';
import type { ConnectionCheckResult } from '../api/state/connectionReport.ts';
import type { PersonSource } from '../domain/orders/order.ts';
import type { Bridges } from './bridge/bridges.ts';

/** Calls about the EA's connection and what it sends. Each throws ContractFailure `not_found` for an unknown bridge. */
export class ConnectionCalls {
  private readonly bridges: Bridges;
  private readonly ofApp: readonly string[];

  /** @param ofApp endpoints of the gateway and the publication; null: there is none */
  constructor(bridges: Bridges, ofApp: readonly (string | null)[]) {
    this.bridges = bridges;
    this.ofApp = ofApp.filter((endpoint) => endpoint !== null);
  }

  /** Runs the connection check. With `ping` it pings the EA and waits for up to 3 s. */
  check({ bridge, ping }: CallInput<'verify'>): Promise<ConnectionCheckResult> {
    return this.bridges.get(bridge).check.prove(ping);
  }

  history(bridge: string): Promise<ConnectionHistory> {
    return this.bridges.get(bridge).connectionHistory();
  }

  bars({ bridge, symbol, timeframe, known }: CallInput<'bars'>): BarsAnswer {
    return this.bridges.get(bridge).bars.answer(symbol, timeframe, known);
  }

  /**
   * Resumes trading after a person has removed the second EA.
   * @throws ContractFailure `not_possible` with the reason
   */
  resumeTrading(bridge: string, by: PersonSource): void {
    this.bridges.get(bridge).resumeTrading(by);
  }

  /**
   * Takes over an EA of another or a newer desk (N1).
   * @param theirs the EA's count of starts that the person saw
   * @throws ContractFailure `not_possible` with the reason
   */
  takeOverEa(bridge: string, theirs: number, by: PersonSource): void {
    this.bridges.get(bridge).takeOverEa(theirs, by);
  }

  /**
   * Accepts an EA that answers no pings, after a person has checked it in MT5.
   * @throws ContractFailure `not_possible`
   */
  acceptSilentEa(bridge: string, by: PersonSource): void {
    this.bridges.get(bridge).acceptSilentEa(by);
  }

  /** TCP ports of every bridge's sockets, of the gateway and of the publication. */
  ports(): number[] {
    const endpoints = [...this.bridges].flatMap((bridge) => Object.values(bridge.state().endpoints));
    return [...new Set([...endpoints, ...this.ofApp])].map((endpoint) =>
      Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)),
    );
  }
}
