import type { ReactElement } from 'react';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { Fact } from '../../../ui/facts.tsx';
import { LiveFigure } from '../../../ui/freshLook.tsx';
import { planFigure, planRows } from '../form/planWords.ts';

/** The plan of an order but its lots. A reason that several figures share is said once. */
export function PlanFacts({
  plan,
  bridge,
  digits,
  said,
}: {
  plan: TradePlan;
  bridge: BridgeState;
  digits: number;
  /** What the dialog says above them; a reason in it is not repeated. */
  said: string | null;
}): ReactElement[] {
  return planRows(digits, accountCurrency(bridge))
    .slice(1)
    .map((row) => ({ row, ...planFigure(row, plan, bridge) }))
    .map(({ row, text, share, isHeavy, why }, index, figures) => {
      const isSaid =
        figures.slice(0, index).some((earlier) => earlier.why === why) ||
        (why !== null && said?.includes(why) === true);
      return (
        <Fact key={row.name} name={row.name}>
          <span className={isHeavy ? 'font-semibold text-down' : ''}>
            <LiveFigure text={why === null ? `${text} ${row.unit}` : text} />
            {share !== null && (
              <span className={`figures ml-2 text-sm ${isHeavy ? '' : 'font-normal text-muted'}`}>
                {share} of equity
              </span>
            )}
          </span>
          {why !== null && !isSaid && <span className="ml-2 text-xs font-normal text-muted">{why}</span>}
        </Fact>
      );
    });
}
