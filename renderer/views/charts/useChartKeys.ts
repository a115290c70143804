import type { KeyboardEvent } from 'react';
import type { OrderMark } from '../../../src/api/queries/history.ts';
import type { Span } from '../../store/chartView.ts';
import type { ChartPoints } from './chartPoints.ts';

interface ChartKeys {
  span: Span;
  drawn: ChartPoints;
  marks: readonly OrderMark[];
  crosshair: number | null;
  chosenMark: number | null;
  /** @param by fraction of the span's length */
  pan: (by: number) => void;
  zoom: (factor: number) => void;
  showAll: () => void;
  backToLive: () => void;
  point: (at: number | null, mark: number | null) => void;
  openOrder: (order: number) => void;
}

const panBy = 0.1;
const zoomBy = 0.7;
/** Points per step of the crosshair, of about 600. */
const pointsAStep = 5;

/** Handles the keys of a chart. */
export function useChartKeys(chart: ChartKeys): (event: KeyboardEvent) => void {
  const { span, drawn, marks, crosshair, chosenMark } = chart;
  const moveCrosshair = (direction: 1 | -1): void => {
    const times = drawn.points.flatMap(({ at, equity }) => (equity === null ? [] : [at]));
    const from = crosshair ?? span.to;
    const index = times.findIndex((at) => at >= from);
    const next = (index < 0 ? times.length - 1 : index) + direction * pointsAStep;
    chart.point(times[Math.min(Math.max(next, 0), times.length - 1)] ?? null, null);
  };
  const moveMark = (direction: 1 | -1): void => {
    const index = marks.findIndex(({ number }) => number === chosenMark);
    const next = index < 0 ? (direction > 0 ? 0 : marks.length - 1) : index + direction;
    const mark = marks[Math.min(Math.max(next, 0), marks.length - 1)];
    if (mark !== undefined) chart.point(mark.at, mark.number);
  };
  const actions: Record<string, () => void> = {
    ArrowLeft: () => {
      chart.pan(-panBy);
    },
    ArrowRight: () => {
      chart.pan(panBy);
    },
    'Shift ArrowLeft': () => {
      moveCrosshair(-1);
    },
    'Shift ArrowRight': () => {
      moveCrosshair(1);
    },
    '+': () => {
      chart.zoom(zoomBy);
    },
    '-': () => {
      chart.zoom(1 / zoomBy);
    },
    Home: chart.showAll,
    End: chart.backToLive,
    ',': () => {
      moveMark(-1);
    },
    '.': () => {
      moveMark(1);
    },
    Enter: () => {
      if (chosenMark !== null) chart.openOrder(chosenMark);
    },
    Escape: () => {
      chart.point(null, null);
    },
  };
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const arrow = event.key.startsWith('Arrow');
    const key = event.key === '=' ? '+' : event.key === '_' ? '-' : event.key;
    const action = actions[event.shiftKey && arrow ? `Shift ${key}` : key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
}
