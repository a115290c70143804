import { CircleCheck, CircleHelp, CircleOff, OctagonX, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { RiskRow } from '../../../src/domain/risk/riskReport.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatDateTime, formatMoney } from '../../format.ts';
import { appStore } from '../../store/appStore.ts';
import { useNow } from '../../store/hooks.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import {
  limitWords,
  orderLimitWords,
  riskStateMeanings,
  riskStateWords,
  valueWords,
  type RiskState,
} from '../../shared/limitWords.ts';
import { AccountRules } from './accountRules.tsx';
import { dayStartWords, todayWords } from './dayStartWords.ts';
import { Rebase } from './rebase.tsx';
import { SetDayStart } from './setDayStart.tsx';

const looks: Record<RiskState, { icon: LucideIcon; class: string }> = {
  off: { icon: CircleOff, class: 'text-muted' },
  ok: { icon: CircleCheck, class: 'text-live' },
  warn: { icon: TriangleAlert, class: 'text-quiet' },
  blocked: { icon: OctagonX, class: 'text-down' },
  unknown: { icon: CircleHelp, class: 'text-unknown' },
};

/** The account's figures against its limits, further checks of an order, and the equity that limits are measured from. */
export function Limits({ bridge }: { bridge: BridgeState }): ReactElement {
  const [asking, setAsking] = useState<'rebase' | 'day start' | null>(null);
  return (
    <div className="flex h-full">
      <div className="flex min-w-0 flex-1 flex-col overflow-y-auto">
        <AccountRules bridge={bridge} />
        <DataTable
          name="Limits"
          columns={columnsIn(accountCurrency(bridge))}
          rows={bridge.risk}
          rowKey={({ code }) => code}
          empty="The limits are not known yet."
          minWidth={455}
        />
      </div>
      <div className="flex w-[15.5rem] shrink-0 xl:w-[18.75rem] flex-col gap-3 overflow-y-auto border-l border-line px-4 py-3">
        <div className="flex gap-2">
          <Button
            className="flex-1"
            onClick={() => {
              setAsking('rebase');
            }}
          >
            Re-base
          </Button>
          <Button
            className="flex-1"
            onClick={() => {
              setAsking('day start');
            }}
          >
            Set day start
          </Button>
        </div>
        <div className="flex gap-2">
          <Button
            className="flex-1"
            onClick={() => {
              appStore.setState({ openSettings: { bridge: bridge.id, at: 'limits' } });
            }}
          >
            Edit limits
          </Button>
          <Button
            className="flex-1"
            onClick={() => {
              appStore.setState({ openRules: bridge.id });
            }}
          >
            Account rules
          </Button>
        </div>
        <Base bridge={bridge} />
        <section aria-label="Checked at each order" className="border-t border-line pt-3">
          <h3 className="mb-1 text-sm font-semibold">Checked at each order</h3>
          <Facts>
            {orderLimitWords(bridge.limits).map(([name, words]) => (
              <Fact key={name} name={name}>
                {words}
              </Fact>
            ))}
          </Facts>
        </section>
      </div>
      {asking === 'rebase' && (
        <Rebase
          bridge={bridge}
          onDone={() => {
            setAsking(null);
          }}
        />
      )}
      {asking === 'day start' && (
        <SetDayStart
          bridge={bridge}
          onDone={() => {
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}

/** The equity that daily loss and drawdown are measured from. */
function Base({ bridge }: { bridge: BridgeState }): ReactElement {
  const { riskBase, limits } = bridge;
  const now = useNow();
  const { timeZone, startsAt } = limits.day;
  const rebasedAt = riskBase?.rebasedAt ?? null;
  return (
    <Facts>
      <Fact name="Trading day">
        {riskBase?.day ?? 'not known'}
        <br />
        <span className="font-normal text-muted">
          begins {startsAt} {timeZone}
        </span>
      </Fact>
      <Fact name="Day start equity">
        <span className="figures">{riskBase === null ? 'not known' : formatMoney(riskBase.dayStartEquity)}</span>
        {riskBase !== null && (
          <>
            <br />
            <span className="font-normal text-muted">{dayStartWords(riskBase, now)}</span>
          </>
        )}
      </Fact>
      <Fact name="Peak equity">
        <span className="figures">{riskBase === null ? 'not known' : formatMoney(riskBase.peakEquity)}</span>
      </Fact>
      <Fact name="Change since then">
        <span className="figures">{todayWords(bridge)}</span>
        <br />
        <span className="font-normal text-muted">with what was paid in or out</span>
      </Fact>
      <Fact name="Re-based">{rebasedAt === null ? 'never' : formatDateTime(rebasedAt)}</Fact>
    </Facts>
  );
}

const columnsIn = (currency: string | null): Column<RiskRow>[] => [
  { header: 'Limit', width: 12.5, wrap: true, cell: ({ name }) => <span className="font-medium">{name}</span> },
  { header: 'Now', width: 8, right: true, cell: (row) => valueWords(row, currency) },
  { header: 'Allowed', width: 10.4, right: true, cell: (row) => limitWords(row, currency) },
  { header: 'State', width: 7, cell: ({ state }) => <RiskStateCell state={state} /> },
  { header: 'What it means', width: null, wrap: true, wide: 'wide', cell: ({ state }) => riskStateMeanings[state] },
];

function RiskStateCell({ state }: { state: RiskState }): ReactElement {
  const { icon: Icon, class: colour } = looks[state];
  return (
    <span title={riskStateMeanings[state]} className={`inline-flex items-center gap-1.5 font-medium ${colour}`}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {riskStateWords[state]}
    </span>
  );
}
