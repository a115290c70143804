/** Engine, endpoint and time limit of a request. */
export interface GatewayOptions {
  /** Name of the engine in the desk. */
  engine: string;
  /** Token that the desk showed when the engine was added. */
  token: string;
  /** Left out: `tcp://127.0.0.1:5559`. */
  endpoint?: string;
  /** The longest wait, ms: 15,000 for an order, 5,000 for a question. */
  timeoutMs?: number;
  /** Ends the wait. Bytes sent by then can't be called back. */
  signal?: AbortSignal;
}

export const defaultEndpoint = 'tcp://127.0.0.1:5559';
