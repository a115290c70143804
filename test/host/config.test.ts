import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, readConfig, saveConfig } from '../../src/host/config/config.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import { unknownSymbol } from '../../src/domain/market/symbolSpec.ts';
import { findSymbol } from '../../src/domain/market/symbolTable.ts';
import { tempDir } from '../support/tempDir.ts';

let folder: ReturnType<typeof tempDir>;
beforeEach(() => {
  folder = tempDir();
});
afterEach(() => {
  folder.remove();
});

const write = (config: object): void => {
  writeFileSync(join(folder.path, 'config.json'), JSON.stringify(config));
};

describe('config.json', () => {
  it('has the usual symbols at first, and pips that nobody has confirmed', () => {
    expect(loadConfig(folder.path).bridge).toMatchObject({
      symbols: defaultSymbols,
      symbolSuffix: '',
      pipsConfirmed: false,
      leverage: null,
    });
  });

  it('of an earlier version knows nothing of notifications: all are on, sounds are off, and closing asks', () => {
    write({ settings: { confirmOrders: false, theme: 'dark' } });
    expect(loadConfig(folder.path).settings).toEqual({
      theme: 'dark',
      textSize: 100,
      httpPort: 8765,
      gatewayPort: 5559,
      publishPort: 5560,
      desktop: {
        notify: { fill: true, reject: true, unknown: true, disconnect: true, limit: true, signal: true },
        sounds: false,
        onClose: 'ask',
      },
    });
    write({ settings: { desktop: { notify: { fill: false }, onClose: 'never' } } });
    expect(() => loadConfig(folder.path)).toThrow('"settings.desktop.onClose"');
  });

  it('of an earlier version is read: lots and contract sizes by symbol go into the symbol table', () => {
    const lots = { min: 0.1, max: 5, step: 0.1 };
    const limits = {
      tradesPerDay: 7,
      symbolLots: { XAUUSD: lots, '#AAPL': lots },
      contractSizes: { XAUUSD: 10, 'EURUSD.m': 1_000 },
    };
    write({ bridge: { limits }, paper: { limits: { contractSizes: { US30: 5 } } } });
    const { bridge, paper } = loadConfig(folder.path);
    const names = { symbols: bridge.symbols, symbolSuffix: '' };
    expect(bridge.limits.tradesPerDay).toBe(7);
    expect(bridge.limits).not.toHaveProperty('symbolLots');
    expect(findSymbol(names, 'XAUUSD')).toMatchObject({ lots, contractSize: 10, pip: 0.1 });
    expect(findSymbol(names, '#AAPL')).toEqual({ ...unknownSymbol('#AAPL'), lots });
    expect(findSymbol(names, 'EURUSD.m')).toEqual({ ...unknownSymbol('EURUSD.m'), contractSize: 1_000 });
    expect(bridge.symbols).toHaveLength(defaultSymbols.length + 2);
    expect(findSymbol({ symbols: paper.symbols, symbolSuffix: '' }, 'US30')?.contractSize).toBe(5);
  });

  it('of an earlier version may have the question before an order off: it is on again, and nothing is remembered', () => {
    write({ settings: { confirmOrders: false, theme: 'dark' }, bridge: {} });
    const config = loadConfig(folder.path);
    expect(config.settings).not.toHaveProperty('confirmOrders');
    expect(config.bridge.ticket).toEqual({ favourites: [], quickLots: [], presets: [] });
  });

  it('comes back as it was saved', () => {
    write({ bridge: { limits: { contractSizes: { XAUUSD: 10 } }, symbolSuffix: '.m', leverage: 30 } });
    const config = loadConfig(folder.path);
    saveConfig(folder.path, config);
    expect(loadConfig(folder.path)).toEqual(config);
  });

  it.each([
    [{ limits: { symbolLots: { XAUUSD: { min: 2, max: 1, step: 0.1 } } } }, 'symbolLots'],
    [{ limits: { contractSizes: { XAUUSD: -1 } } }, 'contractSizes'],
    [{ limits: { maxLoss: 5 } }, 'maxLoss'],
    [{ symbols: [unknownSymbol('EURUSD'), unknownSymbol('EURUSD')] }, 'stands here twice'],
    [{ symbolSuffix: ', ' }, 'symbolSuffix'],
  ])('with %j is refused by its name', (bridge, words) => {
    write({ bridge });
    expect(() => loadConfig(folder.path)).toThrow(words);
  });
});

const path = (name = 'config.json'): string => join(folder.path, name);
const utf16 = (text: string, order: 'little' | 'big'): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'little' ? bytes : bytes.swap16();
};

describe('a saved config.json', () => {
  it('keeps what a later version wrote, in every part, and forgets it with the part', () => {
    write({
      newerTop: 1,
      bridge: { name: 'X', newerGuard: { maxLots: 1 } },
      bridges: [
        { id: 'a', commandPort: 1, telemetryPort: 2, newer: 'a' },
        { id: 'b', commandPort: 3, telemetryPort: 4, newer: 'b' },
      ],
      settings: { desktop: { newerTone: 'low' } },
    });
    const config = loadConfig(folder.path);
    saveConfig(folder.path, { ...config, bridges: config.bridges.filter(({ id }) => id === 'b') });
    saveConfig(folder.path, loadConfig(folder.path));
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({
      newerTop: 1,
      bridge: { name: 'X', newerGuard: { maxLots: 1 } },
      bridges: [{ id: 'b', newer: 'b' }],
      settings: { desktop: { newerTone: 'low' } },
    });
    expect(readFileSync(path(), 'utf8')).not.toContain('"a"');
  });

  it('leaves the one before as config.json.bak', () => {
    write({ bridge: { name: 'First' } });
    const before = readFileSync(path());
    saveConfig(folder.path, { ...loadConfig(folder.path), feeds: [] });
    expect(readFileSync(path('config.json.bak'))).toEqual(before);
    const second = readFileSync(path());
    saveConfig(folder.path, loadConfig(folder.path));
    expect(readFileSync(path('config.json.bak'))).toEqual(second);
  });

  it('that fails changes nothing', () => {
    write({ bridge: { name: 'Kept' } });
    const config = loadConfig(folder.path);
    mkdirSync(path('config.json.new'));
    expect(() => {
      saveConfig(folder.path, { ...config, bridge: { ...config.bridge, name: 'Lost' } });
    }).toThrow();
    expect(loadConfig(folder.path).bridge.name).toBe('Kept');
  });
});

describe('keys that nobody knows', () => {
  it.each([
    [{ bridge: { stopUnits: 'price' } }, 'bridge.stopUnits', 'bridge.stopUnit'],
    [{ bridge: { leverge: 30 } }, 'bridge.leverge', 'bridge.leverage'],
    [{ Bridge: { stopUnit: 'price' } }, 'Bridge', 'bridge'],
    [{ bridge: {}, Bridge: { stopUnit: 'price' } }, 'Bridge', 'bridges'],
    [{ bridge: { stop_unit: 'price' } }, 'bridge.stop_unit', 'bridge.stopUnit'],
    [{ bridge: { drawdownPercent: 5 } }, 'bridge.drawdownPercent', 'bridge.limits.drawdownPercent'],
    [{ stopUnit: 'price' }, 'stopUnit', 'bridge.stopUnit'],
    [{ setings: {} }, 'setings', 'settings'],
    [
      { bridges: [{ id: 'two', commandPort: 1, telemetryPort: 2, slipage: 3 }] },
      'bridges[two].slipage',
      'bridges[two].slippage',
    ],
    [{ bridge: { newerGuard: 1 } }, 'bridge.newerGuard', null],
    [{ newerTop: { deep: 1 } }, 'newerTop', null],
  ])('%j: named, with what was meant', (stored, name, meant) => {
    write(stored);
    expect(readConfig(folder.path).unknown).toEqual([{ path: name, meant }]);
  });

  it('of earlier versions, and none at all, are no news', () => {
    write({ settings: { confirmOrders: false }, bridge: { limits: { symbolLots: {}, contractSizes: {} } } });
    expect(readConfig(folder.path).unknown).toEqual([]);
    saveConfig(folder.path, loadConfig(folder.path));
    expect(readConfig(folder.path).unknown).toEqual([]);
  });

  it.each([
    ['{"toString":1}', 'toString'],
    ['{"__proto__":1}', '__proto__'],
    ['{"bridge":{"constructor":1}}', 'bridge.constructor'],
    ['{"bridge":{"limits":{"__proto__":1}}}', 'bridge.limits.__proto__'],
    ['{"symbolLots":{}}', 'symbolLots'],
    ['{"bridge":{"confirmOrders":true}}', 'bridge.confirmOrders'],
  ])('%s: named although every object, or another place, has that name; it stays in the file', (text, name) => {
    writeFileSync(path(), text);
    expect(readConfig(folder.path).unknown).toEqual([{ path: name, meant: null }]);
    saveConfig(folder.path, loadConfig(folder.path));
    expect(readConfig(folder.path).unknown).toEqual([{ path: name, meant: null }]);
  });

  it('of great length is found at once', () => {
    write({ ['x'.repeat(1e6)]: 1 });
    const before = performance.now();
    expect(readConfig(folder.path).unknown).toHaveLength(1);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

describe('a key that stands twice', () => {
  it.each([
    ['{"bridge":{"stopUnit":"price"},"bridge":{"name":"B"}}', 'bridge'],
    ['{"bridge":{"limits":{"tradesPerDay":1,"tradesPerDay":500}}}', 'tradesPerDay'],
    [String.raw`{"bridge":{},"\u0062ridge":{}}`, 'bridge'],
    ['{"newer":[{"a\\"b":[1,"x"],"a\\"b":2}]}', 'a"b'],
  ])('%s: nobody knows which was meant', (text, name) => {
    writeFileSync(path(), text);
    expect(() => readConfig(folder.path)).toThrow(`"${name}" stands twice in one place.`);
  });

  it('is none where it stands in two places, or is a value', () => {
    writeFileSync(path(), '{"bridge":{"name":"name"},"paper":{"name":"{\\"name\\":1}"},"newer":[{"a":1},{"a":"a"}]}');
    expect(readConfig(folder.path).config.paper.name).toBe('{"name":1}');
  });
});

describe('a config.json as editors and power cuts leave it', () => {
  const text = JSON.stringify({ bridge: { name: 'Grün 日本', stopUnit: 'price' } });

  it.each([
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16, little-endian', utf16(text, 'little')],
    ['UTF-16, big-endian', utf16(text, 'big')],
    ['UTF-16 without a mark', utf16(text, 'little').subarray(2)],
    ['UTF-16 without a mark, big-endian', utf16(text, 'big').subarray(2)],
  ])('%s is read', (_name, bytes) => {
    writeFileSync(path(), bytes);
    expect(loadConfig(folder.path).bridge).toMatchObject({ name: 'Grün 日本', stopUnit: 'price' });
  });

  const broken: [string, Buffer][] = [
    ['of zero bytes', Buffer.alloc(0)],
    ['of NULs', Buffer.alloc(4_096)],
    ['cut off', Buffer.from(text.slice(0, -5))],
    ['with NULs at its end', Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.alloc(100)])],
    ['of random bytes', Buffer.from([0xff, 0x00, 0x80, 0xfe, 0x9f, 0x12])],
    ['that is a list', Buffer.from('[]')],
    ['that is a word', Buffer.from('null')],
  ];

  it.each(broken)('%s: the last good copy is used', (_name, bytes) => {
    write({ bridge: { stopUnit: 'price', slippage: 3 } });
    saveConfig(folder.path, loadConfig(folder.path));
    writeFileSync(path(), bytes);
    const { config, recovery } = readConfig(folder.path);
    expect(config.bridge).toMatchObject({ stopUnit: 'price', slippage: 3 });
    expect(recovery).toEqual({ from: 'config.json.bak', why: expect.stringMatching(/./) as string });
    // The next save must not push the good copy out.
    const copy = readFileSync(path('config.json.bak'));
    saveConfig(folder.path, config);
    expect(readFileSync(path('config.json.bak'))).toEqual(copy);
  });

  it.each(broken)(
    '%s, without a copy: a journal tells that there were settings, and the unit is not guessed',
    (_name, bytes) => {
      writeFileSync(path(), bytes);
      expect(() => loadConfig(folder.path)).toThrow("can't be read");
      writeFileSync(path('journal.db'), '');
      const { config, recovery } = readConfig(folder.path);
      expect(config.bridge.stopUnit).toBeNull();
      expect(recovery?.from).toBeNull();
    },
  );

  it('that is gone: the copy, else nothing but what a journal tells', () => {
    expect(readConfig(folder.path)).toMatchObject({
      first: true,
      recovery: null,
      config: { bridge: { stopUnit: 'points' } },
    });
    write({ bridge: { slippage: 3 } });
    copyFileSync(path(), path('config.json.bak'));
    rmSync(path());
    expect(readConfig(folder.path)).toMatchObject({
      recovery: { from: 'config.json.bak', why: 'it is gone' },
      config: { bridge: { slippage: 3 } },
    });
    rmSync(path('config.json.bak'));
    writeFileSync(path('journal.db'), '');
    expect(readConfig(folder.path)).toMatchObject({ recovery: { from: null }, config: { bridge: { stopUnit: null } } });
    expect(existsSync(path())).toBe(false);
  });
});
