// Public API of `bitten-desk/client`.
export {
  pingGateway,
  queryZmqOrder,
  type NoAnswer,
  type NotFound,
  type OrderStanding,
  type Pong,
} from './askGateway.ts';
export {
  cancelZmqOrder,
  closeZmqPosition,
  modifyZmqTrade,
  type CancelRequest,
  type CloseRequest,
  type ModifyRequest,
} from './changeTrades.ts';
export { executeZmqFire } from './executeZmqFire.ts';
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
export {
  listZmqDeals,
  listZmqOrders,
  listZmqPositions,
  type Listed,
  type ListedDeal,
  type ListedOrder,
  type ListedPosition,
  type ListOptions,
  type NotListed,
} from './listTrades.ts';
export type { FireOptions } from './submitOnce.ts';
export type { GatewayOptions } from './gatewayOptions.ts';
