import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareEaVersions, ownEaVersion, readEaVersion } from '../../src/protocol/protocol8/ownEa.ts';
import { eaVersionGap } from '../../src/api/presentation/eaVersionText.ts';

const mt5 = join(import.meta.dirname, '..', '..', 'mt5');
const account = readFileSync(join(mt5, 'Include', 'BittenDesk', 'Account.mqh'), 'utf8');

describe('the version of the desk’s own EA', () => {
  it('is defined once: its header, its properties in MetaTrader and its name in the hello agree with the desk', () => {
    const version = readEaVersion(account);
    expect(version).toMatch(/^\d+\.\d\d$/);
    const expert = readFileSync(join(mt5, 'Experts', 'BittenDesk.mq5'), 'utf8');
    expect(/^#property version +"([^"]*)"/m.exec(expert)?.[1]).toBe(version);
    const ea = /^#define EA_NAME +"([^"]*)"/m.exec(account)?.[1] ?? '';
    expect(ownEaVersion({ ea, ea_version: version ?? '' })).toBe(version);
  });

  it('is not known for another EA, without one, and where it can’t be read', () => {
    expect(ownEaVersion({ ea: 'BITTEN paper EA', ea_version: '8.00' })).toBeNull();
    for (const ea_version of [undefined, '', '8.0-paper', 'v8', '8.', '1.2.3.4.5', '999999'])
      expect(ownEaVersion({ ea: 'BITTEN Desk EA', ea_version })).toBeNull();
    expect(readEaVersion('#define EA_NAME "x"\n')).toBeNull();
    expect(readEaVersion('#define EA_VERSION "newest"\n')).toBeNull();
  });

  it.each([
    ['8.00', '8.00', 0],
    ['8.00', '8', 0],
    ['7.90', '8.00', -1],
    ['8.10', '8.09', 1],
    ['10.0', '9.99', 1],
    ['8.00.1', '8.00', 1],
  ])('%s beside %s', (one, other, expected) => {
    expect(Math.sign(compareEaVersions(one, other))).toBe(expected);
  });

  it('tells which of the two is the older one, and nothing where one is not known', () => {
    expect(eaVersionGap('8.00', { ownEaVersion: '7.90' })).toMatchObject({ isEaOlder: true });
    expect(eaVersionGap('8.00', { ownEaVersion: '9.00' })).toMatchObject({ isEaOlder: false });
    for (const [shipped, ownVersion] of [
      ['8.00', '8.00'],
      ['8.00', null],
      [null, '8.00'],
    ] as const)
      expect(eaVersionGap(shipped, { ownEaVersion: ownVersion })).toBeNull();
  });
});
