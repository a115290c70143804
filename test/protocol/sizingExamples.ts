import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Price } from '../../src/domain/market/fxRates.ts';
import type { OrderSize } from '../../src/domain/sizing/planTrade.ts';
import { typedStopUnits, type Side, type TypedStop } from '../../src/domain/sizing/stops.ts';

/** A worked example of docs/sizing.md, as it is written there. */
export interface Example {
  number: string;
  side: Side;
  symbol: string;
  size: OrderSize;
  sl: TypedStop;
  tp: TypedStop;
  /** The figures by the header of their column. */
  expected: Record<string, string>;
}

const path = join(import.meta.dirname, '..', '..', 'docs', 'sizing.md');

export function readExamples(): { quotes: Record<string, Price>; examples: Example[] } {
  const text = readFileSync(path, 'utf8');
  const quotes = tableOf(text, 'symbol,bid,ask').map(({ symbol = '', bid, ask }) => [
    symbol,
    { bid: Number(bid), ask: Number(ask) },
  ]);
  return {
    quotes: Object.fromEntries(quotes) as Record<string, Price>,
    examples: tableOf(text, '#,side').map(toExample),
  };
}

function toExample(row: Record<string, string>): Example {
  const {
    '#': number = '',
    side,
    symbol = '',
    size = '',
    'stop loss': sl = '',
    'take profit': tp = '',
    ...expected
  } = row;
  return {
    number,
    side: side === 'sell' ? 'sell' : 'buy',
    symbol,
    size: sizeOf(size),
    sl: stopOf(sl),
    tp: stopOf(tp),
    expected,
  };
}

function sizeOf(text: string): OrderSize {
  const [value, unit] = text.split(' ');
  return { by: unit === '%' ? 'percent' : unit === 'USD' ? 'money' : 'lots', value: Number(value) };
}

function stopOf(text: string): TypedStop {
  const [value, unit] = text.split(' ');
  return { unit: typedStopUnits.find((each) => each === unit) ?? 'price', value: Number(value) };
}

/** The rows of the markdown table whose header begins so. */
function tableOf(text: string, header: string): Record<string, string>[] {
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = text.split('\n');
  const start = lines.findIndex((line) => cells(line).join(',').startsWith(header));
  const names = cells(lines[start] ?? '');
  const rest = lines.slice(start + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end).map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
  });
}
