import { Option } from 'commander';
import { parseDay } from '../config/readTyped.ts';
import { exportKinds } from '../../api/queries/statistics.ts';
import type { Register } from './register.ts';
import { resolve } from 'node:path';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { ExportKind } from '../../api/queries/statistics.ts';
import { byteOrderMark, csvLine } from '../../base/csv.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { visibleLines } from '../../base/visibleText.ts';
import { exportHeaders, exportValues } from '../../api/presentation/exportColumns.ts';
import { fileTarget, standardOutput, type ExportTarget } from './exportTarget.ts';
import { type Output, withApp } from './withApp.ts';

const exportFormats = ['csv', 'ndjson'] as const;

interface ExportArguments {
  kind: ExportKind;
  format: (typeof exportFormats)[number];
  /** A CSV begins with a byte-order mark. */
  bom?: boolean;
  /** Standard output when left out. */
  out?: string;
  bridge?: string;
  from?: string;
  to?: string;
}

const progressEveryMs = 1_000;

/** Exit code of a program that Ctrl+C ended: 128 + SIGINT. */
const interruptedCode = 130;

/** Writes an export page by page, with its progress on stderr. */
async function exportJournal(client: ApiClient, output: Output, flags: ExportArguments): Promise<ExitCode> {
  const bridge = flags.bridge ?? (await output.onlyBridge());
  if (flags.bom === true && flags.format !== 'csv') {
    return output.fail('NDJSON has no byte-order mark: leave --bom out, or write --format csv.');
  }
  const target = await openTarget(flags.out);
  if (typeof target === 'string') return output.fail(target);
  const stop = (): void => {
    target.discard();
    process.exit(interruptedCode);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    const rows = await writePages(client, target, { ...flags, bridge });
    await target.finish();
    const words = `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} of ${flags.kind} written`;
    if (flags.out === undefined) process.stderr.write(`${words}.\n`);
    else output.print({ rows, file: resolve(flags.out) }, `${words} to ${flags.out}.`);
    return exitCodes.done;
  } catch (error) {
    target.discard();
    // The reader closed the pipe, as `head` does.
    if (codeOf(error) === 'EPIPE') return exitCodes.done;
    if (codeOf(error) !== null) return output.fail(cantWrite(flags.out, error));
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function openTarget(path: string | undefined): Promise<ExportTarget | string> {
  if (path === undefined) return standardOutput();
  try {
    return await fileTarget(path);
  } catch (error) {
    return cantWrite(path, error);
  }
}

async function writePages(
  client: ApiClient,
  target: ExportTarget,
  { kind, format, bom = false, bridge, from, to }: ExportArguments & { bridge: string },
): Promise<number> {
  const lineOf = (row: Record<string, unknown>): string =>
    format === 'csv' ? csvLine(exportValues(kind, row)) : visibleLines(`${JSON.stringify(row)}\n`);
  if (format === 'csv') await target.write((bom ? byteOrderMark : '') + csvLine(exportHeaders(kind)));
  let rows = 0;
  let toldAt = performance.now();
  for (let cursor: string | null = null; ;) {
    const part = { bridge, kind, cursor, from: from ?? null, to: to ?? null };
    const page: Awaited<ReturnType<typeof client.call<'exportPage'>>> = await client.call('exportPage', part);
    if (page.rows.length > 0) await target.write(page.rows.map(lineOf).join(''));
    rows += page.rows.length;
    if (page.next === null) return rows;
    cursor = page.next;
    if (performance.now() - toldAt >= progressEveryMs) {
      toldAt = performance.now();
      process.stderr.write(`${rows.toLocaleString('en-US')} rows, ${String(Math.floor(page.done * 100))} %\n`);
    }
  }
}

function cantWrite(path: string | undefined, error: unknown): string {
  return `${path ?? 'Standard output'} can't be written (${codeOf(error) ?? 'unknown'}). Choose another file with --out.`;
}

/** Node's code of a system error, such as ENOSPC. */
function codeOf(error: unknown): string | null {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : null;
}

/** `export` */
export const register: Register = (program, options) => {
  program
    .command('export')
    .description('write the journal as CSV or NDJSON, to a file or to standard output')
    .addOption(new Option('--kind <kind>', 'what to write').choices(exportKinds).default('orders'))
    .addOption(new Option('--format <format>', 'how to write it').choices(exportFormats).default('csv'))
    .option('--bom', 'begin a CSV with a byte-order mark, so that Excel reads it as UTF-8')
    .option('--out <file>', 'write to this file; it gets its name when it is complete')
    .option('--bridge <id>', 'which bridge; the only one when left out')
    .option('--from <day>', 'first trading day, YYYY-MM-DD', parseDay)
    .option('--to <day>', 'last trading day, YYYY-MM-DD', parseDay)
    .action((flags: ExportArguments) => withApp(options(), (client, output) => exportJournal(client, output, flags)));
};
