import { expect, it } from 'vitest';
import { statisticsCsv, statisticsName } from '../../renderer/views/statistics/statisticsCsv.ts';
import type { StatisticsAnswer } from '../../renderer/store/statisticsAnswers.ts';

const totals = {
  ...{ orders: 4, sent: 0, filled: 2, rejected: 1, refused: 1, dismissed: 0, unknown: 0, fillRate: 2 / 3, doubts: [] },
  settledLate: { filled: 1, rejected: 0 },
  settledByHand: { filled: 0, rejected: 0 },
  ...{ repeats: 0, contradicted: 0, roundTrip: { count: 3, p50: 20, p95: 110 } },
  slippagePoints: { count: 2, mean: 2.5, min: 0, max: 5 },
  slippagePrice: null,
};

const answer: StatisticsAnswer = {
  statistics: {
    ...{ totals, byDay: [], bySymbol: [], bySource: [], byAccount: [], counted: 1 },
    rejects: [{ reason: '=HYPERLINK("http://x")', count: 1 }],
    refusals: [{ reason: 'duplicate_id', count: 1 }],
    equity: [
      { account: '=a', day: '2026-06-01', first: 1_000, last: 1_010.5 },
      { account: '=a', day: '2026-06-02', first: 1_010.5, last: 990 },
    ],
    choices: { accounts: [], sources: [], symbols: [] },
  },
  xp: {
    total: 30,
    byDay: [
      { day: '2026-05-31', points: 15, total: 15 },
      { day: '2026-06-01', points: 15, total: 30 },
    ],
    awards: [
      ...[1, 2].map((seq) => ({
        ...{ seq, bridge: 'main', account: '=a', at: Date.UTC(2026, 4, 30 + seq), day: `2026-0${String(4 + seq)}-01` },
        ...{ reason: 'execution' as const, points: 5, order: seq, signalId: '-S' },
      })),
    ],
    counted: 1,
  },
};

const filter = { account: null, source: 'ticket', symbol: '@XAU', from: '2026-06-01', to: null };

it('writes each figure with the span and the filter that it counts', () => {
  const [header, ...lines] = statisticsCsv(answer, filter, '2026-06-02', 'USD').split('\r\n');
  expect(header).toBe('from,to,account,source,symbol,table,row,figure,value,unit');
  expect(lines.at(-1)).toBe('');
  expect(lines).toContain("2026-06-01,2026-06-02,,ticket,'@XAU,Totals,,Orders,4,");
  expect(lines).toContain("2026-06-01,2026-06-02,,ticket,'@XAU,Totals,,Round trip p95,110,ms");
  expect(lines).toContain("2026-06-01,2026-06-02,'=a,,,Equity by day,2026-06-01,equity,1010.5,USD");
  expect(lines).toContain("2026-06-01,2026-06-02,'=a,,,Totals,,Equity change,-10,USD");
  expect(lines).toContain('2026-06-01,2026-06-02,,,,XP over time,2026-06-01,total,30,XP');
  // Days before the span are in no table.
  expect(lines.filter((line) => /,(XP over time|Awards),/.test(line))).toHaveLength(2);
});

it('writes no text that a spreadsheet runs as a formula', () => {
  const csv = statisticsCsv(answer, filter, '2026-06-02', 'USD');
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  // Numbers below 0 stay numbers.
  for (const cell of csv.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^[=+@]|^-\D/);
});

it('leaves an unknown figure empty, and says all where the span is open at its beginning', () => {
  const none = { ...totals, fillRate: null, roundTrip: null, slippagePoints: null };
  const all = { account: null, source: null, symbol: null, from: null, to: null };
  const csv = statisticsCsv({ ...answer, statistics: { ...answer.statistics, totals: none } }, all, '2026-06-02', null);
  expect(csv).toContain(',2026-06-02,,,,Totals,,Fill rate,,%\r\n');
  expect(csv).toContain(",2026-06-02,'=a,,,Totals,,Equity change,-10,\r\n");
  expect(statisticsName('main', all, '2026-06-02')).toBe('statistics-main-all-2026-06-02.csv');
  expect(statisticsName('main', filter, '2026-06-02')).toBe('statistics-main-2026-06-01-2026-06-02.csv');
});
