import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinStructures } from './builtinConstants.ts';
import { constants, signatures } from './builtins.ts';
import { compileMql5, compileMql5Text, gppSays } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { lint, lintText } from './lint.ts';
import { parseErrors } from './secondParser.ts';
import { programOf, seeds } from './seeds.ts';
import { startTerminal } from './terminal.ts';

// g++ is not MetaEditor. What it takes and MetaEditor refuses is found by the lint, by a second parser or by the table of built-ins.

const root = join(import.meta.dirname, '..', '..');

it('there are 40 seeded mistakes and more', () => {
  expect(new Set(seeds.map(([what]) => what)).size).toBe(seeds.length);
  expect(seeds.length).toBeGreaterThanOrEqual(40);
});

describe('a seeded mistake is found', () => {
  it('which is not in the program around it', async () => {
    const source = programOf(['none', 'int g_count = 1;', 'Print(g_count);']);
    expect([...lintText(source), ...(await parseErrors(source))]).toEqual([]);
  });

  it.each(seeds.map((seed) => ({ what: seed[0], source: programOf(seed) })))('$what', async ({ source }) => {
    const found = [...lintText(source), ...(await parseErrors(source))];
    expect(found.map(({ text }) => text)).not.toEqual([]);
  });
});

it.skipIf(skipsWithoutCompiler())('g++ takes every seeded mistake', { timeout: 300_000 }, async () => {
  expect(await gppSays(seeds.map((seed) => ({ name: seed[0], text: programOf(seed) })))).toBe('');
});

describe('the lint', () => {
  it.each(['Language.mq5', 'TradeShell.mq5', 'FileShell.mq5'])('finds nothing in %s', async (name) => {
    const source = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
    expect(lintText(source)).toEqual([]);
    expect(await parseErrors(source)).toEqual([]);
  });

  it('takes no scope for a range', () => {
    const source =
      'class CScope\n  {\npublic:\n   static int Count(void)\n     {\n      return(1);\n     }\n  };\nvoid OnStart(void)\n  {\n   for(int i = CScope::Count(); i > 0; i--)\n      Print(i);\n  }\n';
    expect(lintText(source)).toEqual([]);
  });

  it('names the line', () => {
    expect(lintText('int g_a = 1;\n\nvoid OnStart(void)\n  {\n   auto x = g_a;\n  }\n')).toEqual([
      { line: 5, text: 'auto is no MQL5' },
    ]);
  });

  it('knows what another file declares', () => {
    const files = new Map([
      [
        'a.mqh',
        '#define DESK_LIMIT 5\nclass CDesk { public: int Ask(const string what) { return(StringLen(what)); } };\n',
      ],
      ['b.mq5', 'CDesk g_desk;\nvoid OnStart(void) { Print(g_desk.Ask("x") + DESK_LIMIT); }\n'],
    ]);
    expect([...lint(files).values()]).toEqual([[], []]);
    files.delete('a.mqh');
    expect(
      lint(files)
        .get('b.mq5')
        ?.map(({ text }) => text),
    ).toEqual(['no class has a method Ask', 'DESK_LIMIT is not in the table of constants from the reference']);
  });

  it.each([
    ['ArrayResize(x);', 'ArrayResize takes 3 arguments, not 1'],
    [
      'StringSplit("a", \',\', "b");',
      'StringSplit: argument 3 is passed by reference, so a variable is needed (error 200)',
    ],
    ['PositionGetInteger(POSITION_TICKETS);', 'POSITION_TICKETS is not in the table of constants from the reference'],
    ['StringFoo("a");', 'StringFoo is neither declared here nor in the table of built-in functions'],
    ['x = request.volumes;', 'no structure or class has volumes'],
  ])('checks against the table: %s', (body, text) => {
    expect(lintText(`void OnStart(void)\n  {\n   ${body}\n  }\n`)).toEqual([{ line: 3, text }]);
  });
});

describe.skipIf(skipsWithoutCompiler())('the table of built-ins and the stand-in', { timeout: 180_000 }, () => {
  it('agree in values and in the fields of structures', async () => {
    const valued = [...constants].filter(([, value]) => value !== null);
    const checks = valued.map(([name, value]) => `   Check((long)${name} == ${String(value)}, "${name}");`);
    const others = [...constants.keys()].filter(
      (name) =>
        constants.get(name) === null &&
        /^[A-Z]+_[A-Z0-9_]+$/.test(name) &&
        !/^(ENUM_|DBL_|EMPTY_VALUE|ULONG_MAX|M_PI)/.test(name),
    );
    const named = others.map((name) => `   Check((long)${name} <= LONG_MAX, "${name}");`);
    const fields = Object.entries(builtinStructures).map(
      ([structure, names]) =>
        `   ${structure} the${structure} = {};\n${names
          .split(' ')
          .map((name) => `   Use(the${structure}.${name});`)
          .join('\n')}`,
    );
    const text = [
      'int g_wrong = 0;',
      'void Check(const bool holds, const string name) { if(!holds) { g_wrong++; Print(name); } }',
      'template<typename T> void Use(const T &value) { (void)value; }',
      `void OnStart(void)\n  {\n${[...checks, ...named, ...fields].join('\n')}\n   Print("wrong ", g_wrong);\n  }`,
    ].join('\n');
    const { stdout } = await startTerminal(await compileMql5Text('Values', text)).finished;
    expect(stdout).toBe('wrong 0\n');
    expect(valued.length).toBeGreaterThan(150);
  });

  it('name the same functions', () => {
    const shim = readdirSync(join(import.meta.dirname, 'shim'))
      .map((name) => readFileSync(join(import.meta.dirname, 'shim', name), 'utf8'))
      .join('\n');
    const missing = [...signatures.keys()].filter(
      (name) => !new RegExp(`\\b${name}\\b`).test(shim) && !/^File(Read|Write)(Long|Double)$/.test(name),
    );
    expect(missing).toEqual([]);
  });
});

const sources = existsSync(join(root, 'mt5'))
  ? readdirSync(join(root, 'mt5'), { recursive: true, encoding: 'utf8' }).filter((name) => /\.mq(5|h)$/.test(name))
  : [];

describe('the EA in mt5', () => {
  const texts = new Map(sources.map((name) => [name, readFileSync(join(root, 'mt5', name), 'utf8')]));

  it('passes the lint and the table of built-ins', () => {
    const found = [...lint(texts)].flatMap(([name, findings]) =>
      findings.map(({ line, text }) => `mt5/${name}:${String(line)}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each(sources)('is read by a second parser: %s', async (name) => {
    expect(await parseErrors(texts.get(name) ?? '')).toEqual([]);
  });

  it.skipIf(skipsWithoutCompiler())(
    'compiles without a warning, each file by itself',
    { timeout: 600_000 },
    async () => {
      for (const name of sources) {
        if (name.endsWith('.mq5')) await compileMql5(join(root, 'mt5', name));
        else {
          const path = name.replaceAll('\\', '/').replace(/^Include\//, '');
          const including = `#include <${path}>\nvoid OnStart(void)\n  {\n  }\n`;
          await compileMql5Text('Alone', including, { syntaxOnly: true });
        }
      }
    },
  );
});
