import type { RiskLimits } from '../../../src/domain/risk/riskLimits.ts';
import { formatChange, formatMoney, formatNumber } from '../../format.ts';
import type { Figure, FigureRange } from './chartPoints.ts';

const chartKinds = ['equity', 'drawdown', 'margin', 'level', 'profit', 'rate'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** Kinds of a pane: the account's figures over time, or the prices of the ticket's symbol. */
export const paneKinds = ['price', ...chartKinds] as const;
export type PaneKind = (typeof paneKinds)[number];

/** A line of a chart: its figure, name, look and format. */
export interface ChartLine {
  key: Figure;
  name: string;
  colour: string;
  format: (value: number) => string;
  /** Dash pattern, so that lines differ by more than their colour. */
  dashes?: string;
}

/** A band of warning behind the lines, between two values. */
interface ChartBand {
  from: number;
  to: number;
  colour: string;
}

/** A limit as a line at its value. */
interface ChartRule {
  value: number;
  text: string;
}

export interface ChartLook {
  lines: ChartLine[];
  /** Shaded areas between two figures of each point. */
  areas: { key: FigureRange; colour: string; opacity: number }[];
  bands: ChartBand[];
  rules: ChartRule[];
  /** Values that the axis always includes. */
  least: { low: number | null; high: number | null };
  /** Unit behind the axis's numbers. */
  unit: '' | '%';
  /** Values are in the account's currency. */
  money: boolean;
  /** The line that carries the marks of fills; null: none. */
  marksOn: Figure | null;
}

export const kindNames: Record<PaneKind, string> = {
  price: 'Price',
  equity: 'Equity',
  drawdown: 'Drawdown',
  margin: 'Margin',
  level: 'Level',
  profit: 'P/L',
  rate: 'Rate',
};

/** Full titles, for the region's name. */
export const kindTitles: Record<ChartKind, string> = {
  equity: 'Equity',
  drawdown: 'Drawdown',
  margin: 'Margin',
  level: 'Margin level',
  profit: 'Floating P/L',
  rate: 'Message rate',
};

const percent = (value: number): string => `${formatNumber(value, value < 100 ? 1 : 0)} %`;
const quiet = 'var(--quiet)';
const down = 'var(--down)';

/** R1: a margin level below 200 % warns, below 100 % is critical; a drawdown warns from 10 % on. */
const warnLevel = 200;
const criticalLevel = 100;
const warnDrawdown = 10;

const plain = {
  areas: [],
  bands: [],
  rules: [],
  least: { low: null, high: null },
  unit: '',
  money: false,
  marksOn: null,
} satisfies Partial<ChartLook>;

const equityLine: ChartLine = { key: 'equity', name: 'Equity', colour: 'var(--equity)', format: formatMoney };
const balanceLine: ChartLine = {
  key: 'balance',
  name: 'Balance',
  colour: 'var(--balance)',
  format: formatMoney,
  dashes: '5 3',
};
const equityRange = { key: 'equityRange', colour: 'var(--equity)', opacity: 0.2 } as const;

/**
 * Lines and areas of a kind of chart.
 * @param withDrawdown the equity chart shades the distance to the peak
 */
export function chartLook(kind: ChartKind, limits: RiskLimits, withDrawdown: boolean): ChartLook {
  switch (kind) {
    case 'equity':
      return {
        ...plain,
        lines: withDrawdown
          ? [balanceLine, equityLine, { key: 'drawdown', name: 'Drawdown', colour: down, format: percent }]
          : [balanceLine, equityLine],
        areas: withDrawdown ? [{ key: 'belowPeak', colour: down, opacity: 0.18 }, equityRange] : [equityRange],
        money: true,
        marksOn: 'equity',
      };
    case 'drawdown':
      return {
        ...plain,
        lines: [{ key: 'drawdown', name: 'From the peak', colour: down, format: percent }],
        ...drawdownLimits(limits.drawdownPercent),
        least: { low: 0, high: 5 },
        unit: '%',
      };
    case 'margin':
      return {
        ...plain,
        lines: [
          { key: 'margin', name: 'Margin', colour: 'var(--margin)', format: formatMoney },
          { key: 'freeMargin', name: 'Free', colour: 'var(--level)', format: formatMoney, dashes: '5 3' },
        ],
        rules: limits.freeMargin === null ? [] : [{ value: limits.freeMargin, text: 'free margin limit' }],
        least: { low: 0, high: null },
        money: true,
      };
    case 'level':
      return {
        ...plain,
        lines: [{ key: 'marginLevel', name: 'Margin level', colour: 'var(--level)', format: percent }],
        ...levelLimits(limits.marginLevel),
        least: { low: 0, high: 300 },
        unit: '%',
      };
    case 'profit':
      return {
        ...plain,
        lines: [{ key: 'profit', name: 'Floating P/L', colour: 'var(--equity)', format: formatChange }],
        areas: [{ ...equityRange, key: 'profitRange' }],
        rules: [{ value: 0, text: '' }],
        least: { low: 0, high: 0 },
        money: true,
        marksOn: 'profit',
      };
    case 'rate':
      return {
        ...plain,
        lines: [
          { key: 'rate', name: 'Messages a second', colour: 'var(--sent)', format: (value) => formatNumber(value, 1) },
        ],
        least: { low: 0, high: 1 },
      };
  }
}

function levelLimits(limit: number | null): Pick<ChartLook, 'bands' | 'rules'> {
  const danger = limit ?? criticalLevel;
  const warn = Math.max(warnLevel, danger);
  return {
    bands: [
      { from: danger, to: warn, colour: quiet },
      { from: 0, to: danger, colour: down },
      { from: 0, to: Math.min(criticalLevel, danger), colour: down },
    ],
    rules: limit === null ? [] : [{ value: limit, text: `limit ${formatNumber(limit, 0)} %` }],
  };
}

function drawdownLimits(limit: number | null): Pick<ChartLook, 'bands' | 'rules'> {
  const danger = limit ?? 100;
  return {
    bands: [
      { from: Math.min(warnDrawdown, danger), to: danger, colour: quiet },
      { from: danger, to: 100, colour: down },
    ],
    rules: limit === null ? [] : [{ value: limit, text: `limit ${formatNumber(limit, 0)} %` }],
  };
}
