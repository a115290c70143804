import type { EaStatus } from '../../protocol/ea/eaMessages.ts';
import type { Hello } from '../../protocol/protocol8/reports.ts';

/** What a hello tells of EA and account, as the documented `status` would. */
export function statusOf({ login, trade_allowed, expert_allowed, ...hello }: Hello): EaStatus {
  const { server, currency, leverage, ea_version } = hello;
  const mayTrade = trade_allowed !== false && expert_allowed !== false;
  return { status: 'hello', account: login, server, currency, leverage, ea_version, trade_allowed: mayTrade };
}
