import { createServer } from 'node:net';
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileMql5, compileMql5Text } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { startTerminal } from './terminal.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describe.skipIf(skipsWithoutCompiler())('programs of MQL5 under g++', { timeout: 180_000 }, () => {
  it('do with text, numbers and arrays what MQL5 does, under the sanitizers too', async () => {
    for (const sanitize of [false, true]) {
      const program = await compileMql5(join(fixtures, 'Language.mq5'), { sanitize });
      const { stdout, stderr, code } = await startTerminal(program, { inputs: { Port: 7777, Risk: 1.5 } }).finished;
      expect({ stdout, stderr, code }).toEqual({ stdout: '127.0.0.1:7777 risk 1.5\nfailed 0\n', stderr: '', code: 0 });
    }
  });

  it('are compiled once', async () => {
    const compile = (): Promise<string> => compileMql5Text('Once', 'void OnStart(void)\n  {\n  }\n');
    const program = await compile();
    const made = statSync(program).mtimeMs;
    expect(await compile()).toBe(program);
    expect(statSync(program).mtimeMs).toBe(made);
    rmSync(dirname(program), { recursive: true });
    expect(await compile()).toBe(program);
    expect(statSync(program).mtimeMs).toBeGreaterThan(made);
  });

  it('are refused with the line of the source where g++ warns', async () => {
    const text = 'void OnStart(void)\n  {\n   const int x = 1.5;\n   Print(x);\n  }\n';
    await expect(compileMql5Text('Warned', text)).rejects.toThrow(
      /Warned\.mq5:3:\d+: error:.*\[-Werror=float-conversion\]/,
    );
  });

  it('that are included and not there are named', async () => {
    await expect(compileMql5Text('Missing', '#include <BittenDesk/None.mqh>\n')).rejects.toThrow('BittenDesk/None.mqh');
  });

  const mistakes = {
    'zero divide': 'const double zero = StringToDouble("0"); Print(1.0 / zero);',
    'error: zero divide': 'const int zero = (int)StringToInteger("0"); Print(1 / zero);',
    'array out of range: index 3 of 3': 'int a[]; ArrayResize(a, 3); a[ArraySize(a)] = 1;',
    'never assigned': 'string s; Print(s == "");',
    'StringSubstr with length 0': 'Print(StringSubstr("abc", 1, StringLen("")));',
    'bytes or characters': 'uchar a[]; StringToCharArray(ShortToString(0x20AC), a, 0, 1, CP_UTF8);',
    'a zero byte within count':
      'uchar a[]; ArrayResize(a, 2); ArrayInitialize(a, 0); Print(CharArrayToString(a, 0, 2));',
    '%I64 is needed for 64 bits': 'const ulong ticket = 2200000001; PrintFormat("%d", ticket);',
    '%d needs an integer': 'PrintFormat("%d", 1.5);',
    'too few arguments': 'PrintFormat("%d %d", 1);',
    'ArrayCopy of 0 elements': 'int a[]; int b[2] = {1, 2}; ArrayCopy(a, b, 0, 0, ArraySize(a));',
    'ArrayCopy of an array to itself': 'int a[]; ArrayResize(a, 3); ArrayCopy(a, a, 0, 1);',
    'ArrayCopy beyond the end of a static array': 'int a[2]; int b[3] = {1, 2, 3}; ArrayCopy(a, b);',
    'asks for more than SocketIsReadable said':
      'const int s = SocketCreate(); uchar b[]; SocketConnect(s, "127.0.0.1", PORT, 1000); SocketRead(s, b, 10, 1);',
  };

  it('end with a critical error where MQL5 ends, or where its reference leaves open what comes', async () => {
    const bodies = Object.values(mistakes).map((body, at) => `   if(Which == ${String(at)}) { ${body} }`);
    const head = 'input int Which = 0;\ninput int Listening = 0;\n#define PORT ((uint)Listening)\n';
    const program = await compileMql5Text(
      'Mistakes',
      `${head}void OnStart(void)\n  {\n${bodies.join('\n')}\n   Print("went on");\n  }\n`,
    );
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const [at, said] of Object.keys(mistakes).entries()) {
      const { stdout, stderr, code } = await startTerminal(program, { inputs: { Which: at, Listening: port } })
        .finished;
      expect(stderr).toContain(said);
      expect({ stdout, code }).toEqual({ stdout: '', code: null });
    }
    server.close();
  });

  it('hold rubbish where nobody has set a variable', async () => {
    const text =
      'struct Item { int a; string s; };\nvoid OnStart(void)\n  {\n   Item item; int made[]; int fixed[2];\n   ArrayResize(made, 1);\n' +
      '   Print(item.a != 0, made[0] != 0, fixed[1] != 0);\n  }\n';
    const { stdout } = await startTerminal(await compileMql5Text('Unset', text)).finished;
    expect(stdout).toBe('truetruetrue\n');
  });
});
