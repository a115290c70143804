import { ChevronLeft, ChevronRight, Download, Minus, Plus } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { chartRanges, type ChartRange, type Span } from '../../store/chartView.ts';
import { ChoiceGroup } from '../../ui/choiceGroup.tsx';
import { formatSpan, formatMoment } from './timeWords.ts';

const rangeNames: Record<ChartRange, string> = {
  '5m': '5 min',
  '1h': '1 h',
  '6h': '6 h',
  '1d': '1 d',
  '1w': '1 w',
  '1mo': '1 mo',
  '1y': '1 y',
  all: 'All',
};

/** Kinds and time span of both charts, and buttons to move through time. */
export function ChartToolbar({
  range,
  onRange,
  span,
  live,
  crosshair,
  exporting,
  onPan,
  onZoom,
  onLive,
  onExport,
}: {
  range: ChartRange | null;
  onRange: (range: ChartRange) => void;
  span: Span;
  live: boolean;
  crosshair: number | null;
  /** Progress of the export, 0 to 1; null: none runs. */
  exporting: number | null;
  onPan: (by: number) => void;
  onZoom: (factor: number) => void;
  onLive: () => void;
  onExport: () => void;
}): ReactElement {
  return (
    <div
      role="toolbar"
      aria-label="Charts"
      className="flex min-h-6 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-1"
    >
      <ChoiceGroup
        label="Span of the charts"
        values={chartRanges}
        names={rangeNames}
        value={range}
        onChange={onRange}
      />
      <p className="figures min-w-0 flex-1 truncate text-right text-xs text-muted">
        {crosshair === null ? formatSpan(span) : formatMoment(crosshair, span)}
      </p>
      <div className="flex items-center gap-0.5">
        <Tool
          name="Earlier"
          onClick={() => {
            onPan(-0.5);
          }}
        >
          <ChevronLeft className="size-4" aria-hidden="true" />
        </Tool>
        <Tool
          name="Later"
          disabled={live}
          onClick={() => {
            onPan(0.5);
          }}
        >
          <ChevronRight className="size-4" aria-hidden="true" />
        </Tool>
        <Tool
          name="Zoom out"
          onClick={() => {
            onZoom(2);
          }}
        >
          <Minus className="size-4" aria-hidden="true" />
        </Tool>
        <Tool
          name="Zoom in"
          onClick={() => {
            onZoom(0.5);
          }}
        >
          <Plus className="size-4" aria-hidden="true" />
        </Tool>
        <Tool name={live ? 'Following the newest' : 'Follow the newest'} disabled={live} onClick={onLive}>
          <span className={`size-2 rounded-full ${live ? 'bg-muted' : 'border border-muted'}`} aria-hidden="true" />
          <span className="w-16 text-left" aria-hidden="true">
            {live ? 'Following' : 'Follow'}
          </span>
        </Tool>
        <Tool name={exporting === null ? 'Export the span as CSV' : 'Stop the export'} onClick={onExport}>
          <Download className="size-3.5" aria-hidden="true" />
          <span className="w-9 text-left" aria-hidden="true">
            {exporting === null ? 'CSV' : `${String(Math.floor(exporting * 100))} %`}
          </span>
        </Tool>
      </div>
    </div>
  );
}

function Tool({
  name,
  disabled = false,
  onClick,
  children,
}: {
  name: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}): ReactElement {
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      disabled={disabled}
      onClick={onClick}
      className="figures flex h-6 min-w-6 items-center justify-center gap-1.5 rounded-[4px] px-1 text-xs text-muted enabled:hover:bg-raised enabled:hover:text-text disabled:opacity-70"
    >
      {children}
    </button>
  );
}
