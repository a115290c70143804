// Public API of `bitten-desk/client`.
export {
  pingGateway,
  queryZmqOrder,
  type NoAnswer,
  type NotFound,
  type OrderStanding,
  type Pong,
} from './askGateway.ts';
export { executeZmqFire, type FireOptions } from './executeZmqFire.ts';
export type {
  Filled,
  FireAck,
  FireOutcome,
  FireRefusalCode,
  Refused,
  Rejected,
  SentAck,
  Unknown,
  WaitingAck,
} from './fireOutcome.ts';
export type { FireSignal } from './fireSignal.ts';
export type { GatewayOptions } from './gatewayOptions.ts';
