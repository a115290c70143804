import { CircleCheck, CircleHelp, CircleOff, Lock, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { hasOwnBase } from '../../../src/domain/accountRules/accountRules.ts';
import type { RuleRow } from '../../../src/domain/accountRules/ruleReport.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatDateTime, formatMoney } from '../../format.ts';
import { roomOf, ruleActionWords, ruleStateWords } from '../../shared/ruleWords.ts';
import { Button } from '../../ui/button.tsx';
import { SetRuleBase } from './setRuleBase.tsx';
import { UnlockAccount } from './unlockAccount.tsx';

const looks: Record<RuleRow['state'], { icon: LucideIcon; class: string }> = {
  off: { icon: CircleOff, class: 'text-muted' },
  ok: { icon: CircleCheck, class: 'text-live' },
  near: { icon: TriangleAlert, class: 'text-quiet' },
  beyond: { icon: OctagonX, class: 'text-down' },
  unknown: { icon: CircleHelp, class: 'text-unknown' },
};

/** The account rules with how far each is, and the lock of one that closed everything. */
export function AccountRules({ bridge }: { bridge: BridgeState }): ReactElement | null {
  const [base, setBase] = useState<RuleRow | null>(null);
  const [unlocking, setUnlocking] = useState(false);
  const { lock, rules } = bridge;
  const currency = accountCurrency(bridge);
  const money = (amount: number): string => `${formatMoney(amount)}${currency === null ? '' : ` ${currency}`}`;
  const withBase = new Set(bridge.limits.accountRules.rules.filter(hasOwnBase).map(({ id }) => id));
  if (rules.length === 0 && lock === null) return null;
  return (
    <section aria-label="Account rules" className="border-b border-line">
      {lock !== null && (
        <div role="alert" className="flex items-center gap-2 bg-down/10 px-3 py-2 text-sm text-down">
          <Lock className="size-4 shrink-0" aria-hidden="true" />
          <span className="min-w-0 flex-1 font-medium">
            Locked by “{lock.name}” since {formatDateTime(lock.at)},{' '}
            {lock.until === null ? 'until a person unlocks it' : `until ${formatDateTime(lock.until)}`}. Closes go on.
          </span>
          <Button
            onClick={() => {
              setUnlocking(true);
            }}
          >
            Unlock
          </Button>
        </div>
      )}
      <ul className="divide-y divide-line">
        {rules.map((row) => {
          const { icon: Icon, class: colour } = looks[row.state];
          return (
            <li key={row.id} className="flex flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-1.5 text-sm">
              <span className={`inline-flex w-24 shrink-0 items-center gap-1.5 font-medium ${colour}`}>
                <Icon className="size-3.5 shrink-0" aria-hidden="true" />
                {ruleStateWords[row.state]}
              </span>
              <span className="min-w-32 font-medium">{row.name}</span>
              <span className={`figures min-w-36 font-semibold ${row.state === 'ok' ? '' : colour}`}>
                {roomOf(row, money)}
              </span>
              <span className="ml-auto text-xs text-muted">{ruleActionWords[row.action]}</span>
              {withBase.has(row.id) && (
                <Button
                  aria-label={`Set base of ${row.name}`}
                  onClick={() => {
                    setBase(row);
                  }}
                >
                  Set base
                </Button>
              )}
              <span className="figures basis-full pl-28 text-xs text-muted">{baseWords(row, money)}</span>
            </li>
          );
        })}
      </ul>
      {base !== null && (
        <SetRuleBase
          bridge={bridge}
          row={base}
          onDone={() => {
            setBase(null);
          }}
        />
      )}
      {unlocking && lock !== null && (
        <UnlockAccount
          bridge={bridge}
          lock={lock}
          onDone={() => {
            setUnlocking(false);
          }}
        />
      )}
    </section>
  );
}

const knownWords = { measured: 'measured', typed: 'typed by a person', estimated: 'a guess' } as const;

/** Where the floor of a rule is from. */
function baseWords({ allowed, base, floor, gap, kind, value }: RuleRow, money: (amount: number) => string): string {
  if (floor !== null && base !== null) {
    const of = base.at === null ? '' : ` of ${formatDateTime(base.at)}`;
    return `floor ${money(floor)} = ${money(base.of)}${of} (${knownWords[base.known]}) − ${money(allowed ?? 0)}`;
  }
  if (kind === 'open_risk' && value !== null) return `${money(value)} at risk of ${money(allowed ?? 0)}`;
  return gap?.nextStep ?? '';
}
