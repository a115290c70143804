/** Who asks, where, and for how long it is waited. */
export interface GatewayOptions {
  /** Name of the engine as it was added in the desk. */
  engine: string;
  /** What the desk showed when the engine was added. */
  token: string;
  /** `tcp://127.0.0.1:5559` when left out. */
  endpoint?: string;
  /** The longest wait, ms: 15,000 for an order, 5,000 for a question. */
  timeoutMs?: number;
  /** Ends the wait. What has left by then can't be called back. */
  signal?: AbortSignal;
}

export const defaultEndpoint = 'tcp://127.0.0.1:5559';
