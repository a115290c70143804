import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/paper/random.ts';
import { tempDir } from '../support/tempDir.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { compileMql5 } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { brokenBytes, hostileTexts, mutatedJson, seedTexts, validTexts } from './jsonCases.ts';
import { verdictOf } from './jsonReference.ts';
import { startTerminal } from './terminal.ts';

// Json.mqh and JsonWriter.mqh beside JSON.parse, under the sanitizers.

describe.skipIf(skipsWithoutCompiler())('Json.mqh', () => {
  let probe: string;
  beforeAll(async () => {
    probe = await compileMql5(join(import.meta.dirname, 'programs', 'JsonProbe.mq5'), { sanitize: true });
  }, 600_000);

  /** A line for each: `yes` and the JSON written again, or `no` and why. */
  async function read(cases: readonly Buffer[]): Promise<string[]> {
    const { path } = tempDir();
    mkdirSync(join(path, 'Files'));
    const sizes = cases.map(({ length }) => {
      const size = Buffer.alloc(4);
      size.writeInt32LE(length);
      return size;
    });
    writeFileSync(
      join(path, 'Files', 'cases'),
      Buffer.concat(cases.flatMap((bytes, index) => [sizes[index] ?? bytes, bytes])),
    );
    const { stderr, code } = await startTerminal(probe, { folder: path }).finished;
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    return readFileSync(join(path, 'Files', 'answers'), 'utf8')
      .split('\n')
      .slice(0, -1);
  }

  const refusal = async (text: string | Buffer): Promise<string> => {
    const [answer = ''] = await read([Buffer.from(text)]);
    return answer;
  };

  /** A value with a point in front of all names, as the probe writes it. */
  function pointed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(pointed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [`.${name}`, pointed(each)]));
  }

  it('takes what JSON.parse takes, and gives it back as it was', async () => {
    const answers = await read(validTexts.map((text) => Buffer.from(text)));
    for (const [index, text] of validTexts.entries()) {
      expect(verdictOf(Buffer.from(text)).accepts).toBe(true);
      expect(answers[index]?.slice(0, 4)).toBe('yes ');
      expect(JSON.parse(answers[index]?.slice(4) ?? '')).toEqual(pointed(JSON.parse(text)));
    }
  });

  it('keeps every digit of a number', async () => {
    const text = '[9223372036854775809,0.10,2400.123456789012345678,1e3,-0]';
    expect(await refusal(text)).toBe(`yes ${text}`);
  });

  it('refuses what is not JSON, not UTF-8 or above its limits', async () => {
    const cases = [...hostileTexts.map((text) => Buffer.from(text)), ...brokenBytes];
    const answers = await read(cases);
    for (const [index, bytes] of cases.entries()) {
      expect({ text: bytes.toString(), accepts: verdictOf(bytes).accepts }).toMatchObject({ accepts: false });
      expect(answers[index]).toMatch(/^no (Byte \d+ of the JSON: |The JSON (ends after byte|has) \d+).+[^.]\.$/);
    }
  });

  it.each([
    ['{"a":1,}', 'Byte 8 of the JSON: a name in quotes was expected.'],
    ['{"a" 1}', 'Byte 6 of the JSON: a colon was expected after a name.'],
    ['{"a":1 "b"', 'Byte 8 of the JSON: a comma or } was expected.'],
    ['[1 2]', 'Byte 4 of the JSON: a comma or ] was expected.'],
    ['[1,', 'The JSON ends after byte 3: a value was expected.'],
    ['', 'The JSON ends after byte 0: a value was expected.'],
    ['01', 'Byte 2 of the JSON: the value has ended, but more text follows.'],
    ['-x', 'Byte 2 of the JSON: a digit was expected.'],
    ['1.', 'The JSON ends after byte 2: a digit was expected.'],
    ['nul', 'The JSON ends after byte 3: true, false or null was expected.'],
    ['"a', 'The JSON ends after byte 2: a text has no closing quote.'],
    ['"\n"', 'Byte 2 of the JSON: a control character in a text must be escaped.'],
    ['"\\x"', 'Byte 3 of the JSON: no escape begins with a backslash and this character.'],
    ['"\\u12g4"', 'Byte 6 of the JSON: four hexadecimal digits were expected after \\u.'],
    ['"\\u0000"', "Byte 8 of the JSON: \\u0000 can't be part of a text."],
    ['"\\ud83d"', 'Byte 8 of the JSON: half of a surrogate pair is no character.'],
    ['"\\ud83d\\u0041"', 'Byte 14 of the JSON: a surrogate pair has no second half.'],
    [Buffer.from('22ff22', 'hex'), 'Byte 2 of the JSON: the bytes are not UTF-8.'],
    ['{"é":1,"\\u00e9":2}', 'Byte 9 of the JSON: the name "é" comes twice in an object.'],
    ['[[[[[[[[[[[[[[[[[', 'Byte 17 of the JSON: objects and arrays lie more than 16 deep within each other.'],
    [`[${Array(4_096).fill('1').join(',')}]`, 'Byte 8193 of the JSON: there are more than 4096 values.'],
    [
      `{"n0":${Array.from({ length: 128 }, (_, i) => `0,"n${String(i + 1)}":`).join('')}0}`,
      'Byte 1044 of the JSON: an object has more than 128 members.',
    ],
    ['1'.repeat(65), 'Byte 1 of the JSON: a number has more than 64 characters.'],
    ['x'.repeat(65_537), 'The JSON has 65537 bytes; the limit is 65536.'],
  ])('says what is wrong and where: %#', async (text, reason) => {
    expect(await refusal(text)).toBe(`no ${reason}`);
  });

  it('agrees with JSON.parse on texts that were changed by chance', { timeout: timeLimit(1_000, 10) }, async () => {
    const total = times(20_000, 2_000_000);
    let accepted = 0;
    for (let from = 0; from < total; from += 20_000) {
      const random = seededRandom(from + 1);
      const cases = Array.from({ length: Math.min(20_000, total - from) }, (_, index) =>
        mutatedJson(seedTexts[index % seedTexts.length] ?? Buffer.alloc(0), random),
      );
      const answers = await read(cases);
      expect(answers).toHaveLength(cases.length);
      for (const [index, bytes] of cases.entries()) {
        const { accepts, value } = verdictOf(bytes);
        const answer = answers[index] ?? '';
        if (answer.startsWith('yes ') !== accepts) throw new Error(`${JSON.stringify(bytes.toString())}: ${answer}`);
        if (accepts) expect(JSON.parse(answer.slice(4))).toEqual(pointed(value));
        accepted += accepts ? 1 : 0;
      }
    }
    say(
      `Json.mqh: ${String(total)} changed texts, ${String(accepted)} of them JSON: 0 verdicts or values that differ from JSON.parse`,
    );
    expect(accepted).toBeGreaterThan(total / 20);
    expect(accepted).toBeLessThan(total / 1.2);
  });

  it('reads values by type, and the writer writes them', async () => {
    const program = await compileMql5(join(import.meta.dirname, 'programs', 'JsonChecks.mq5'), { sanitize: true });
    const { stdout, stderr, code } = await startTerminal(program).finished;
    const text = `"\\"\\\\/\\n\\r\\t\\u0008\\u001fé€😀\ufffdx"`;
    const written =
      `{"s":${text},"i":-9223372036854775808,"d":"18446744073709551615","n":2400.10,"zero":0.00,"minus":0,` +
      '"raw":1.50e-3,"list":[true,null,{},[]]}';
    expect({ stdout, stderr, code }).toEqual({ stdout: `${written}\nfailed 0\n`, stderr: '', code: 0 });
    expect(JSON.parse(written)).toMatchObject({ s: '"\\/\n\r\t\b\u001fé€😀\ufffdx', n: 2_400.1, minus: 0 });
  });
});
