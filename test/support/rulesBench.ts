import type { AccountRule, AccountRules, LossRule } from '../../src/domain/accountRules/accountRules.ts';
import { opened, position } from './openBench.ts';
import { openLimits } from './openLimits.ts';
import type { BenchOptions } from './bridgeBench.ts';

const day = { timeZone: 'UTC', startsAt: '00:00' };
const shared = { id: 'floor', action: 'close_all' as const, lock: 'person' as const };

/** Floor of 2,700: 10 % below the initial capital of 3,000. */
export const totalLoss: LossRule = {
  ...{ ...shared, kind: 'total_loss', name: 'Largest loss', trailing: 'static', stopsAtInitial: false, day },
  loss: { unit: 'percent', value: 10 },
};
/** 150 below what the balance was when the day began. */
export const dailyLoss: Extract<AccountRule, { kind: 'daily_loss' }> = {
  ...{ ...shared, id: 'day', kind: 'daily_loss', name: 'Daily loss', base: 'balance', day, lock: 'day' },
  loss: { unit: 'money', value: 150 },
};

export const rulesOf = (...rules: AccountRule[]): AccountRules => ({ initialCapital: 3000, rules });

/**
 * A bench with a buy (11), a sell (12), a pending order (21) and account rules. The account is in USD, its balance 3,000.
 * @param isListed the EA has listed what is open
 */
export function ruled(accountRules: AccountRules, options: BenchOptions = {}, isListed = true) {
  const made = opened(options, isListed, { limits: { ...openLimits, accountRules } }, { currency: 'USD' });
  const { bench, read, told } = made;
  /** The EA reports its figures, a second after the ones before. */
  const reports = (equity: number, balance = 3000, positions = 2): void => {
    bench.clock.advance(1_000);
    read();
    bench.link.says({ type: 'telemetry', balance, equity, margin: 10, positions });
  };
  /** Closes and cancels that the EA was sent. */
  const closes = (): { type: string; id: string; signalId: string }[] => {
    read();
    return told.flatMap((command) => {
      if (command.type === 'close') return [{ type: 'close', id: command.position, signalId: command.signal_id }];
      if (command.type === 'cancel') return [{ type: 'cancel', id: command.order, signalId: command.signal_id }];
      return [];
    });
  };
  const answers = (signalId: string, status: 'success' | 'error'): void => {
    const result = status === 'success' ? { type: 'trade_result', status } : { type: 'error', code: 'broker' };
    bench.link.says({
      ...result,
      signal_id: signalId,
      retcode: status === 'success' ? 10009 : 10018,
      error: 'Market closed',
    });
  };
  const alarms = (): string[] =>
    bench.events.flatMap((event) =>
      event.type === 'alarm' && event.alarm.code.startsWith('rule') ? [event.alarm.code] : [],
    );
  return { ...made, reports, closes, answers, alarms };
}

export const both = [position(11), position(12, { side: 'sell', sl: 2420, tp: 0 })];
export { position };
