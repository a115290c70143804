import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, saveConfig } from '../../src/host/config.ts';
import { defaultSymbols } from '../../src/protocol/symbolDefaults.ts';
import { findSymbol, unknownSymbol } from '../../src/protocol/symbolTable.ts';
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
        notify: { fill: true, reject: true, unknown: true, disconnect: true, limit: true },
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
