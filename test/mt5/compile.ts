import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compiler, compilerVersion } from './gpp.ts';
import { toCpp, transformFile } from './transform.ts';

// Compiles MQL5 programs with g++ behind the stand-in of `shim/`. A program is kept under the hash of all that it is made of,
// so that the next run of the tests compiles only what has changed.

const root = join(import.meta.dirname, '..', '..');
const shim = join(import.meta.dirname, 'shim');
const cache = join(root, 'node_modules', '.cache', 'mt5');
/** Where `#include <BittenDesk/Name.mqh>` is looked for. */
const includeRoot = join(root, 'mt5', 'Include');
/** Programs that were not used for so long are removed. */
const keptMs = 3 * 86_400_000;
const version = compilerVersion() ?? '';

// MetaEditor warns of a name that hides another one, so -Wshadow.
const warnings = ['-Wall', '-Wextra', '-Wconversion', '-Wsign-conversion', '-Wshadow', '-Werror'];
// Local variables that nobody has set hold rubbish, as in MQL5.
const basics = ['-std=c++17', '-O1', '-g', '-ftrivial-auto-var-init=pattern', ...warnings];
// A division by zero ends a program of MQL5.
const divisions = ['-fsanitize=integer-divide-by-zero', '-fsanitize-undefined-trap-on-error'];
const sanitizers = [
  '-fsanitize=address,undefined,float-divide-by-zero,float-cast-overflow',
  '-fno-sanitize-recover=all',
];

/** Words of the headers on trading, symbols, the account and the terminal. */
const needsBroker =
  /\b((Account|Terminal|MQLInfo|Symbol|Order|Position|History|Deal|Chart|Period|OnTick|OnTrade|Mql)|(ACCOUNT|SYMBOL|ORDER|POSITION|DEAL|TRADE|TERMINAL|MQL|PERIOD)_|_(Symbol|Digits|Point|Period))/;
const trading = (flags: string[]): string[] => [...flags, '-DMQL5_TRADING'];

export interface CompileOptions {
  /** AddressSanitizer and UndefinedBehaviorSanitizer; takes longer. */
  sanitize?: boolean;
  /** Looks for faults and warnings alone and makes no program: a header by itself. */
  syntaxOnly?: boolean;
}

/** The executable of an `.mq5` file; throws what g++ says where it finds fault. */
export async function compileMql5(
  source: string,
  { sanitize = false, syntaxOnly = false }: CompileOptions = {},
): Promise<string> {
  const files = filesOf(source);
  const plain = [...basics, ...(sanitize ? sanitizers : divisions)];
  // The simulated broker takes seconds to compile: a program that does not trade goes without it.
  const flags = files.some((file) => needsBroker.test(readFileSync(file, 'utf8'))) ? trading(plain) : plain;
  const key = hash([
    String(syntaxOnly),
    ...flags,
    version,
    ...shimTexts(),
    ...files.flatMap((file) => [file, readFileSync(file, 'utf8')]),
    ...toolTexts(),
  ]);
  const folder = join(cache, `${basename(source, '.mq5')}-${key}`);
  const program = join(folder, 'program');
  if (existsSync(program)) {
    utimesSync(folder, new Date(), new Date());
    return program;
  }
  removeOld();
  const header = await precompiledShim(flags);
  await build(folder, async (made) => {
    for (const file of files) transformFile(file, targetOf(made, source, file));
    const includes = ['-I', join(made, 'Include')];
    const result = syntaxOnly ? ['-fsyntax-only'] : ['-o', join(made, 'program')];
    await run([...flags, '-include', header, ...includes, '-x', 'c++', targetOf(made, source, source), ...result]);
    if (syntaxOnly) writeFileSync(join(made, 'program'), '');
  });
  return program;
}

/** The executable of a program that is given as text, for tests of single headers. */
export async function compileMql5Text(name: string, text: string, options: CompileOptions = {}): Promise<string> {
  const path = join(cache, 'texts', hash([text]), `${name}.mq5`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return await compileMql5(path, options);
}

function targetOf(folder: string, source: string, file: string): string {
  if (file === source) return join(folder, 'program.cpp');
  if (file.startsWith(includeRoot)) return join(folder, 'Include', file.slice(includeRoot.length));
  return join(folder, basename(file));
}

/** The source and all that it includes. */
function filesOf(source: string, known = new Set<string>()): string[] {
  known.add(source);
  for (const [, bracket, name = ''] of readFileSync(source, 'utf8').matchAll(
    /^\s*#\s*include\s*([<"])([^>"]+)[>"]/gm,
  )) {
    const path = join(bracket === '<' ? includeRoot : dirname(source), name.replaceAll('\\', '/'));
    if (!existsSync(path)) throw new Error(`${source} includes ${name}, which is not in ${dirname(path)}.`);
    if (!known.has(path)) filesOf(path, known);
  }
  return [...known];
}

function shimTexts(): string[] {
  return readdirSync(shim)
    .toSorted()
    .map((name) => name + readFileSync(join(shim, name), 'utf8'));
}

/** What changes the C++ that is made of a source. */
function toolTexts(): string[] {
  return ['transform.ts', 'tokens.ts'].map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
}

/** The shim is most of what g++ reads: it is read once for each set of flags. */
async function precompiledShim(flags: string[]): Promise<string> {
  const folder = join(cache, `shim-${hash([...flags, version, ...shimTexts()])}`);
  const header = join(folder, 'mql5.h');
  if (existsSync(`${header}.gch`)) {
    utimesSync(folder, new Date(), new Date());
    return header;
  }
  await build(folder, async (made) => {
    writeFileSync(join(made, 'mql5.h'), `#include ${JSON.stringify(join(shim, 'mql5.h'))}\n`);
    await run([...flags, '-x', 'c++-header', join(made, 'mql5.h'), '-o', join(made, 'mql5.h.gch')]);
  });
  return header;
}

/** Two test files may build the same at the same time: each builds in a folder of its own, the first one's is kept. */
async function build(folder: string, make: (made: string) => Promise<void>): Promise<void> {
  const made = `${folder}.${String(process.pid)}.${String(performance.now())}`;
  mkdirSync(made, { recursive: true });
  try {
    await make(made);
    if (!existsSync(folder)) renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

async function run(args: string[]): Promise<void> {
  const said = await output(args);
  if (said !== '') throw new Error(`g++ has found fault:\n${said}`);
}

async function output(args: string[]): Promise<string> {
  const child = spawn(compiler, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return code === 0 ? said : said || `It ended with exit code ${String(code)}.`;
}

function hash(parts: string[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${String(part.length)}:${part}`);
  return sum.digest('hex').slice(0, 20);
}

function removeOld(): void {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name !== 'texts' && Date.now() - statSync(path).mtimeMs > keptMs)
      rmSync(path, { recursive: true, force: true });
  }
}

/** What g++ says of texts that are no programs, warnings included; nothing where it takes all. Each lies in a namespace of its own. */
export async function gppSays(texts: readonly { name: string; text: string }[]): Promise<string> {
  const whole = texts
    .map(({ name, text }, at) => `namespace text${String(at)} {\n#line 1 ${JSON.stringify(name)}\n${toCpp(text)}\n}\n`)
    .join('');
  const folder = join(cache, 'texts', hash(['said', ...basics, version, ...shimTexts(), whole]));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'texts.cpp');
  writeFileSync(path, whole);
  return await output([
    ...trading(basics),
    '-fsyntax-only',
    '-include',
    await precompiledShim(trading(basics)),
    '-x',
    'c++',
    path,
  ]);
}
