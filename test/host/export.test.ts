import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import { makeOrders } from '../bench/manyOrders.ts';
import { hasSignals, run, startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function serve(flags: string[] = [], dataDir?: string): Promise<Serving> {
  const serving = await startServe(flags, dataDir);
  running.push(serving);
  return serving;
}

/** A data folder whose journal has so many orders. */
async function folderWith(orders: number): Promise<string> {
  const dataDir = tempDir().path;
  const loggedErrors: string[] = [];
  const open = () => openSqliteJournal({ dataDir, now: Date.now, logError: (sentence) => loggedErrors.push(sentence) });
  await open().journal.close();
  const db = new Database(join(dataDir, 'journal.db'));
  makeOrders(db, orders, 1);
  db.close();
  return dataDir;
}

describe('npx bitten-desk export', () => {
  it('writes orders, entries, samples, awards and statistics of a running desk', async () => {
    const { cli, bridge } = await serve(['--armed']);
    running.push(startPaper(bridge()));
    await until(async () => (await cli('status')).stdout.includes('telemetry live'), 'the EA is live');
    await cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl', '--id', 'EXPORT_1');
    await cli('fire', '--symbol', '=1+1\\', '--action', 'buy', '--no-sl', '--id', 'EXPORT_2');
    const { code, stdout, stderr } = await cli('export');
    expect([code, stderr.trim()]).toEqual([0, '2 rows of orders written.']);
    const [header, filled, refused] = stdout.split('\r\n');
    expect(header).toMatch(/^number,time,day,bridge,account,signal_id,source,action,symbol,/);
    expect(filled).toMatch(/^1,20\d\d-.*Z,20\d\d-\d\d-\d\d,main,.*,EXPORT_1,command line,buy,XAUUSD,0.01,.*,filled,/);
    expect(refused).toMatch(/,EXPORT_2,command line,buy,'=1\+1\\,.*,refused,invalid_symbol,/);
    const read = async (...flags: string[]): Promise<Record<string, unknown>[]> =>
      (await cli('export', '--format', 'ndjson', ...flags)).stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect((await read()).map(({ state }) => state)).toEqual(['filled', 'refused']);
    expect((await read('--kind', 'entries')).map(({ type }) => type)).toContain('milestone');
    expect((await read('--kind', 'samples')).length).toBeGreaterThan(0);
    expect((await read('--kind', 'awards')).map(({ reason }) => reason)).toEqual([
      'execution',
      'first_execution',
      'first_of_day',
    ]);
    expect((await read('--kind', 'statistics')).map(({ orders }) => orders)).toEqual([1, 1]);
    expect((await cli('export', '--bom')).stdout).toMatch(/^\uFEFFnumber,time,/);
    expect((await cli('export', '--bom', '--format', 'ndjson')).stderr).toContain('leave --bom out');
    expect(await read('--to', '2020-01-01')).toEqual([]);
    expect((await cli('export', '--from', '2026-02-31')).stderr).toContain('Give a day as YYYY-MM-DD.');
    expect((await cli('export', '--from', '2026-02-02', '--to', '2026-02-01')).stderr.trim()).toBe(
      'The first day is after the last one.',
    );
  });

  it('gives a file its name when it is whole', async () => {
    const dataDir = await folderWith(3_000);
    const { cli } = await serve([], dataDir);
    const out = join(tempDir().path, 'orders.csv');
    writeFileSync(out, 'an older one');
    const { code, stdout } = await cli('export', '--out', out);
    expect([code, stdout.trim()]).toEqual([0, `3,000 rows of orders written to ${out}.`]);
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(3_002);
    expect(readdirSync(join(out, '..'))).toEqual(['orders.csv']);
    if (process.platform !== 'win32') expect(statSync(out).mode & 0o777).toBe(0o600);
    const failed = await cli('export', '--out', join(out, 'not', 'a', 'folder'));
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringContaining("can't be written (ENOTDIR)")]);
  });

  it.skipIf(!hasSignals)('tells how far it is, and leaves no half file when it is interrupted', async () => {
    const dataDir = await folderWith(60_000);
    await serve([], dataDir);
    const folder = tempDir().path;
    const flags = ['--data-dir', dataDir, 'export', '--kind', 'entries', '--out', join(folder, 'entries.csv')];
    const exporting = run(['src/host/cli.ts', ...flags]);
    running.push(exporting);
    await until(() => /\d rows, \d+ %/.test(exporting.output.stderr), 'the first word on its progress');
    expect(readdirSync(folder)).toEqual([`entries.csv.${String(exporting.child.pid)}.part`]);
    const { code } = await exporting.end('SIGINT');
    expect(code).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
