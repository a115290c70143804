import { useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';
import { historyRanges, type HistoryRange } from '../../../src/api/contract.ts';
import type { BridgeState } from '../../../src/api/state.ts';
import { formatMoney, formatNumber } from '../../format.ts';
import { sampleStore } from '../../store/sampleStore.ts';
import { useNow } from '../../store/hooks.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { Panel } from '../../ui/panel.tsx';
import { chartPoints, rangeMs } from './chartPoints.ts';
import type { ChartLine } from './chartLine.ts';
import { TimeChart } from './timeChart.tsx';

const rangeNames: Record<HistoryRange, string> = { '5m': '5 min', '1h': '1 h', all: 'All' };

const equityLines: ChartLine[] = [
  { key: 'balance', name: 'Balance', colour: 'var(--balance)', format: formatMoney, axis: 'left' },
  { key: 'equity', name: 'Equity', colour: 'var(--equity)', format: formatMoney, axis: 'left' },
];
const marginLines: ChartLine[] = [
  { key: 'margin', name: 'Margin', colour: 'var(--margin)', format: formatMoney, axis: 'left' },
  {
    key: 'marginLevel',
    name: 'Level',
    colour: 'var(--level)',
    format: (value) => `${formatNumber(value, 0)} %`,
    axis: 'right',
  },
];

/** R1: below 200 % warns, below 150 % is dangerous, below 100 % critical. */
const levelBands = [
  { from: 150, to: 200, colour: 'var(--quiet)' },
  { from: 0, to: 150, colour: 'var(--down)' },
];

/** Equity with balance, and margin with margin level, over the same span. */
export function Charts({ bridge }: { bridge: BridgeState }): ReactElement {
  const [range, setRange] = useState<HistoryRange>('5m');
  const { id } = bridge;
  useEffect(() => {
    sampleStore.watch(id, range);
  }, [id, range]);
  const samples = useSyncExternalStore(sampleStore.subscribe, sampleStore.current);
  const points = useMemo(() => chartPoints(samples), [samples]);
  const now = useNow();
  const span = rangeMs[range];
  const to = Math.max(now, points.at(-1)?.at ?? 0);
  const from = span === null ? (points[0]?.at ?? to - rangeMs['5m']) : to - span;
  const picker = <RangePicker range={range} onChange={setRange} />;
  return (
    <div className="charts-room grid min-h-0 flex-1 grid-cols-2 gap-3">
      <Panel title="Equity" aside={picker}>
        <TimeChart points={points} from={from} to={to} lines={equityLines} />
      </Panel>
      <Panel title="Margin">
        <TimeChart points={points} from={from} to={to} lines={marginLines} bands={levelBands} />
      </Panel>
    </div>
  );
}

function RangePicker({
  range,
  onChange,
}: {
  range: HistoryRange;
  onChange: (range: HistoryRange) => void;
}): ReactElement {
  return (
    <ChoiceGroup
      label="Span of the charts"
      values={historyRanges}
      names={rangeNames}
      value={range}
      onChange={onChange}
    />
  );
}
