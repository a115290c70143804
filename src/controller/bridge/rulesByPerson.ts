import { ContractFailure } from '../../api/contractFailure.ts';
import { dayKey, hasOwnBase, isLossRule } from '../../domain/accountRules/accountRules.ts';
import { weekWindow } from '../../domain/accountRules/weekWindow.ts';
import type { PersonSource } from '../../domain/orders/order.ts';
import type { ReportedFigures } from '../account/reportedFigures.ts';
import { protectorAlarms } from '../alarms/protectorAlarms.ts';
import type { AccountGuard } from '../protector/accountGuard.ts';
import type { RuleBook } from '../protector/ruleBook.ts';
import type { Emit } from '../records/bridgeEvent.ts';
import type { Platform } from '../records/platform.ts';
import type { BridgeOfOrders } from './bridgeParts.ts';

interface RulesByPersonParts {
  bridge: BridgeOfOrders;
  account: ReportedFigures;
  book: RuleBook;
  guard: AccountGuard;
  emit: Emit;
  platform: Platform;
}

/** What a person decides about a bridge's account rules: the end of a lock, and what a rule is measured from. */
export class RulesByPerson {
  private readonly parts: RulesByPersonParts;

  constructor(parts: RulesByPersonParts) {
    this.parts = parts;
  }

  /** @throws ContractFailure `not_possible` with the reason */
  unlock(rule: string, by: PersonSource, note: string): void {
    const { account, bridge, emit, platform } = this.parts;
    const lock = this.parts.book.locks.find((each) => each.rule === rule);
    const fail = (message: string): never => {
      throw new ContractFailure({ code: 'not_possible', message });
    };
    if (lock === undefined) return fail('The account is not locked by that rule any more.');
    const { rules } = bridge.settings().limits.accountRules;
    const window = rules.find(({ id, kind, action }) => id === rule && kind === 'weekend' && action === 'close_all');
    if (window?.kind === 'weekend' && weekWindow(platform.clock.now(), window).from <= platform.clock.now()) {
      return fail(
        `The window of the rule "${lock.name}" has not ended: it would close everything again. Change the rule, or wait until the window ends.`,
      );
    }
    const equity = account.state().equity ?? 0;
    if (this.parts.guard.reached(equity).includes(rule)) {
      return fail(
        `The equity is still at or beyond what the rule "${lock.name}" allows: it would close everything again. Change the rule, or wait until it measures anew.`,
      );
    }
    this.parts.book.unlock(rule);
    platform.journalWriter.record({ type: 'settings', bridge: bridge.id, by, changes: { unlockedRule: rule, note } });
    emit({ type: 'alarm', alarm: protectorAlarms.unlocked(lock.name) });
    emit({ type: 'changed' });
  }

  /**
   * Sets what a rule is measured from, as a person knows it: the figures of the day's beginning, or the peak.
   * @throws ContractFailure `not_possible` with the reason
   */
  setBase(id: string, value: number, by: PersonSource, note: string): void {
    const { bridge, emit, platform } = this.parts;
    const rule = bridge.settings().limits.accountRules.rules.find((each) => each.id === id);
    if (rule === undefined || !isLossRule(rule) || this.parts.book.bases === null) {
      const message =
        'There is no such rule of losses, or the account has reported no figures yet. Look again in Limits.';
      throw new ContractFailure({ code: 'not_possible', message });
    }
    if (!hasOwnBase(rule)) {
      const message = `The rule "${rule.name}" is measured from the initial capital. Change that in the account rules.`;
      throw new ContractFailure({ code: 'not_possible', message });
    }
    if (rule.kind === 'daily_loss') this.parts.book.typeDay(dayKey(rule), { balance: value, equity: value });
    else this.parts.book.typePeak(rule, value);
    platform.journalWriter.record({
      type: 'settings',
      bridge: bridge.id,
      by,
      changes: { ruleBase: { rule: id, value }, note },
    });
    emit({ type: 'changed' });
  }
}
