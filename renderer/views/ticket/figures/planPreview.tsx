import type { ReactElement } from 'react';
import type { Unchecked } from '../../../../src/domain/orders/order.ts';
import type { BridgeState } from '../../../../src/api/state/state.ts';
import { gapSentences, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import type { TradePlan } from '../../../../src/domain/sizing/planTrade.ts';
import { uncheckedWords } from '../../../../src/domain/orders/unchecked.ts';
import { accountCurrency } from '../../../accountCurrency.ts';
import { appStore } from '../../../store/appStore.ts';
import { planFigure, planRows, type PlanRow } from '../form/planWords.ts';

/**
 * Plan of the order: sold under Sell, bought under Buy. Every line keeps its place, and so does the message on a
 * missing input.
 */
export function PlanPreview({
  bridge,
  sell,
  buy,
  digits,
  gap,
  unchecked,
}: {
  bridge: BridgeState;
  /** Null: the typed fields have an error. */
  sell: TradePlan | null;
  buy: TradePlan | null;
  digits: number;
  /** The missing input. */
  gap: Unavailable | null;
  /** Checks that are impossible now. */
  unchecked: readonly Unchecked[];
}): ReactElement {
  const notChecked = uncheckedWords(unchecked);
  const said = [notChecked === '' ? '' : sentence(notChecked), gap === null ? '' : `${gap.missing}.`];
  return (
    <div>
      <table aria-label="What it amounts to" className="w-full table-fixed text-xs leading-[0.9375rem]">
        <thead className="sr-only">
          <tr>
            <th scope="col">Sell</th>
            <th scope="col">Figure</th>
            <th scope="col">Buy</th>
          </tr>
        </thead>
        <tbody>
          {planRows(digits, accountCurrency(bridge)).map((row) => (
            <tr key={row.name}>
              <Figure row={row} plan={sell} bridge={bridge} />
              <th scope="row" className="w-[6.5rem] truncate font-normal text-muted">
                {row.name} {row.unit === 'in price' ? '' : row.unit}
              </th>
              <Figure row={row} plan={buy} bridge={bridge} />
            </tr>
          ))}
        </tbody>
      </table>
      <div className="flex h-[2.8125rem] items-center gap-2 text-xs leading-[0.9375rem]">
        <p
          role="status"
          aria-label="What is not known"
          className="line-clamp-3 min-w-0 flex-1 text-quiet"
          title={[said[0], gap === null ? '' : gapSentences(gap)].join(' ').trim()}
        >
          {said.join(' ').trim()}
        </p>
        {gap?.inSettings === true && (
          <button
            type="button"
            title={gap.nextStep}
            onClick={() => {
              appStore.setState({ openSettings: { bridge: bridge.id, at: atTable(gap.nextStep) ? 'symbols' : null } });
            }}
            className="shrink-0 rounded-[4px] px-1 font-medium text-focus underline underline-offset-2"
          >
            Set it
          </button>
        )}
      </div>
    </div>
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function atTable(nextStep: string): boolean {
  return nextStep.includes('symbol table');
}

function Figure({ row, plan, bridge }: { row: PlanRow; plan: TradePlan | null; bridge: BridgeState }): ReactElement {
  const { text, share, isHeavy, why } = planFigure(row, plan, bridge);
  return (
    <td
      title={why ?? (share === null ? undefined : `${text}, ${share} of equity`)}
      className={`figures text-center whitespace-nowrap ${isHeavy ? 'font-semibold text-down' : why === null ? 'font-medium' : 'text-muted'}`}
    >
      <span data-figure>{text}</span>
      {share !== null && <small className={`ml-1 text-xs ${isHeavy ? '' : 'font-normal text-muted'}`}>{share}</small>}
      {why !== null && <span className="sr-only">{why}</span>}
    </td>
  );
}
