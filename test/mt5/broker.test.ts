import { afterEach, describe, expect, it } from 'vitest';
import { skipsWithoutCompiler } from './gpp.ts';
import type { TerminalOptions } from './terminal.ts';
import { dealsIn, startTradeShell, type TradeShell } from './tradeShell.ts';

// The simulated broker against the reference: retcodes, filling modes, positions of each kind of account, the order of events.

const running: TradeShell[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});
async function shell(options: TerminalOptions = {}): Promise<TradeShell> {
  const started = await startTradeShell(options);
  running.push(started);
  return started;
}

const buy = 'send action=1 type=0 symbol=EURUSD volume=0.10';
const sell = 'send action=1 type=1 symbol=EURUSD volume=0.10';
const fieldOf = (lines: string[], row: RegExp, field: string): string =>
  new RegExp(`${field}=(\\S+)`).exec(lines.find((line) => row.test(line)) ?? '')?.[1] ?? '';
const rows = (lines: string[], kind: string): string[] => lines.filter((line) => line.startsWith(kind));

describe.skipIf(skipsWithoutCompiler())('the simulated broker', { timeout: 180_000 }, () => {
  it('fills a market order, tells it in the documented order, and closes it at its stop', async () => {
    const ea = await shell();
    await ea.send(`${buy} sl=1.09000 tp=1.20000 comment=VENOM_1`);
    await ea.printed('EVENT result');
    expect(
      ea
        .lines()
        .filter((line) => line.startsWith('EVENT'))
        .map((line) => line.split(' ')[1]),
    ).toEqual(['0', '6', '2', '3', 'result']);
    await ea.control('price EURUSD 1.08990 1.09000');
    const state = await ea.state();
    expect(rows(state, 'POSITION')).toEqual([]);
    expect(rows(state, 'DEAL').at(-1)).toMatch(
      /type=1 entry=1 reason=4 volume=0.10 price=1.08990 profit=-102.00 comment=\[sl 1.09000\]/,
    );
    expect(rows(state, 'ACCOUNT')).toEqual([
      'ACCOUNT balance=9898.00 equity=9898.00 margin=0.00 free=9898.00 level=0.0',
    ]);
  });

  it('refuses with the code of the reference', async () => {
    const ea = await shell();
    const refused: [number, string, ...string[]][] = [
      [10013, 'send action=1 type=0 symbol=NONE volume=0.10'],
      [10013, 'send action=9 type=0 symbol=EURUSD volume=0.10'],
      [10013, 'send action=1 type=2 symbol=EURUSD volume=0.10'],
      [10014, 'send action=1 type=0 symbol=EURUSD volume=0'],
      [10014, 'send action=1 type=0 symbol=EURUSD volume=0.005'],
      [10014, 'send action=1 type=0 symbol=EURUSD volume=0.015'],
      [10014, 'send action=1 type=0 symbol=EURUSD volume=101'],
      [10030, `${buy} filling=2`],
      [10016, `${buy} sl=1.10000`],
      [10016, `${buy} tp=1.09000`],
      [10016, `${buy} sl=1.09991`, 'symbol EURUSD stops 10'],
      [10009, `${buy} sl=1.09990`],
      [10016, `${sell} sl=1.10019`],
      [10009, `${sell} sl=1.10020`],
      [10034, buy, 'symbol EURUSD limit 0.15'],
      [10019, 'send action=1 type=0 symbol=EURUSD volume=50', 'symbol EURUSD limit 0'],
      [10043, buy, 'symbol EURUSD mode short'],
      [10042, sell, 'symbol EURUSD mode long'],
      [10044, buy, 'symbol EURUSD mode close'],
      [10017, buy, 'symbol EURUSD mode disabled'],
      [10018, buy, 'symbol EURUSD mode full', 'symbol EURUSD closed 1'],
      [10026, buy, 'symbol EURUSD closed 0', 'set ACCOUNT_TRADE_EXPERT 0'],
      [10017, buy, 'set ACCOUNT_TRADE_EXPERT 1', 'set ACCOUNT_TRADE_ALLOWED 0'],
      [10027, buy, 'set ACCOUNT_TRADE_ALLOWED 1', 'set MQL_TRADE_ALLOWED 0'],
      [10027, buy, 'set MQL_TRADE_ALLOWED 1', 'set TERMINAL_TRADE_ALLOWED 0'],
      [10031, buy, 'set TERMINAL_TRADE_ALLOWED 1', 'set CONNECTED 0'],
      [10040, buy, 'set CONNECTED 1', 'set LIMIT_POSITIONS 1'],
      [10036, `${sell} position=5`, 'set LIMIT_POSITIONS 0'],
      [10036, 'send action=10 position=5 by=6'],
      [10035, 'send action=7 order=5 price=1.0'],
      [10035, 'send action=8 order=5'],
      [10036, 'send action=6 position=5 symbol=EURUSD sl=1.0'],
    ];
    for (const [code, line, ...controls] of refused) {
      if (controls.length > 0) await ea.control(...controls);
      expect([line, await ea.retcode(line)]).toEqual([line, code]);
    }
    expect(dealsIn(ea.folder)).toHaveLength(2);
  });

  it.each([
    ['market', 3, 'FOK and IOC by flag', [10009, 10009, 10030]],
    ['market', 1, 'FOK alone', [10009, 10030, 10030]],
    ['exchange', 2, 'IOC by flag, RETURN always', [10030, 10009, 10009]],
    ['instant', 0, 'all', [10009, 10009, 10009]],
    ['request', 0, 'all', [10009, 10009, 10009]],
  ])('takes with %s execution and flags %d: %s (E15)', async (execution, flags, _, codes) => {
    const ea = await shell();
    await ea.control(`symbol EURUSD execution ${execution}`, `symbol EURUSD filling ${String(flags)}`);
    for (const [filling, code] of codes.entries()) {
      expect(await ea.retcode(`${buy} price=1.10010 filling=${String(filling)}`)).toBe(code);
    }
    expect(await ea.retcode('send action=5 type=2 symbol=EURUSD volume=0.10 price=1.09 filling=2')).toBe(10009);
    const pendingFok = execution === 'exchange' ? (flags & 1 ? 10009 : 10030) : 10030;
    expect(await ea.retcode('send action=5 type=2 symbol=EURUSD volume=0.10 price=1.09 filling=0')).toBe(pendingFok);
  });

  it('with instant execution asks for a price within the deviation', async () => {
    const ea = await shell({ setup: ['symbol EURUSD execution instant'] });
    expect(await ea.retcode(buy)).toBe(10015);
    expect(await ea.retcode(`${buy} price=1.10000 deviation=9`)).toBe(10004);
    expect(await ea.retcode(`${buy} price=1.10000 deviation=10`)).toBe(10009);
  });

  it('on a hedging account closes a position in parts, by another one, and never twice', async () => {
    const ea = await shell();
    const first = fieldOf(await ea.send(buy), /RESULT/, 'order');
    const second = fieldOf(await ea.send('send action=1 type=1 symbol=EURUSD volume=0.05'), /RESULT/, 'order');
    expect(await ea.retcode(`send action=1 type=1 symbol=EURUSD volume=0.03 position=${first}`)).toBe(10009);
    expect(rows(await ea.state(), 'POSITION').map((row) => /volume=(\S+)/.exec(row)?.[1])).toEqual(['0.07', '0.05']);
    expect(await ea.retcode(`send action=1 type=1 symbol=EURUSD volume=0.08 position=${first}`)).toBe(10038);
    expect(await ea.retcode(`send action=1 type=0 symbol=EURUSD volume=0.07 position=${first}`)).toBe(10013);
    expect(await ea.retcode(`send action=10 position=${first} by=${second}`)).toBe(10009);
    const state = await ea.state();
    expect(rows(state, 'POSITION')).toEqual([expect.stringContaining(`id=${first} EURUSD type=0 volume=0.02`)]);
    expect(rows(state, 'DEAL').filter((row) => row.includes('entry=3'))).toHaveLength(2);
    expect(await ea.retcode(`send action=10 position=${first} by=${second}`)).toBe(10036);
  });

  it('on a netting account has one position a symbol, whose identifier survives a reversal and whose ticket does not (E19)', async () => {
    const ea = await shell({ switches: { ACCOUNT_MARGIN_MODE: 'netting' } });
    const first = fieldOf(await ea.send(buy), /RESULT/, 'order');
    await ea.control('price EURUSD 1.11000 1.11010');
    await ea.send(buy);
    expect(rows(await ea.state(), 'POSITION')).toEqual([
      expect.stringMatching(`${first} id=${first} EURUSD type=0 volume=0.20 price=1.10510`),
    ]);
    const third = fieldOf(await ea.send('send action=1 type=1 symbol=EURUSD volume=0.30'), /RESULT/, 'order');
    const state = await ea.state();
    expect(rows(state, 'POSITION')).toEqual([
      expect.stringMatching(`POSITION ${third} id=${first} EURUSD type=1 volume=0.10 price=1.11000`),
    ]);
    expect(rows(state, 'DEAL').at(-1)).toMatch(/entry=2 .*profit=98.00/);
    expect(rows(state, 'ACCOUNT')[0]).toContain('balance=10098.00');
  });

  it('places, modifies, triggers, expires and removes pending orders', async () => {
    const ea = await shell();
    const limit = 'send action=5 type=2 symbol=EURUSD volume=0.10 filling=2';
    expect(await ea.retcode(`${limit} price=1.10010`)).toBe(10015);
    expect(await ea.retcode(`${limit} price=1.09000 sl=1.09500`)).toBe(10016);
    expect(await ea.retcode(`${limit} price=1.09000 time=2 expiration=1000`)).toBe(10022);
    const order = fieldOf(await ea.send(`${limit} price=1.09000 sl=1.08000`), /RESULT/, 'order');
    expect(await ea.retcode(`send action=7 order=${order} price=1.09000 sl=1.08000`)).toBe(10025);
    expect(await ea.retcode(`send action=7 order=${order} price=1.09500 sl=1.08000`)).toBe(10009);
    const stopLimit = fieldOf(
      await ea.send('send action=5 type=6 symbol=EURUSD volume=0.10 filling=2 price=1.11000 stoplimit=1.10500'),
      /RESULT/,
      'order',
    );
    await ea.control('price EURUSD 1.09490 1.09500');
    expect(rows(await ea.state(), 'POSITION')).toEqual([
      expect.stringMatching(`POSITION ${order} .*price=1.09500 sl=1.08000`),
    ]);
    await ea.control('price EURUSD 1.11000 1.11010');
    expect(rows(await ea.state(), 'ORDER')).toEqual([
      `ORDER ${stopLimit} EURUSD type=2 state=1 volume=0.10 price=1.10500`,
    ]);
    expect(await ea.retcode(`send action=8 order=${stopLimit}`)).toBe(10009);
    const server = Math.floor(Date.now() / 1000) + 10_800;
    const timed = fieldOf(
      await ea.send(`${limit} price=1.09000 time=2 expiration=${String(server + 60)}`),
      /RESULT/,
      'order',
    );
    await ea.control('set CLOCK_OFFSET_MS 61000');
    await ea.printed(new RegExp(`EVENT 3 order=${timed} .*state=6`));
    expect(rows(await ea.state(), 'ORDER')).toEqual([]);
    const ofDay = fieldOf(await ea.send(`${limit} price=1.09000 time=1`), /RESULT/, 'order');
    expect(rows(await ea.state(), 'ORDER')).toHaveLength(1);
    await ea.control('set CLOCK_OFFSET_MS 86461000');
    await ea.printed(new RegExp(`EVENT 3 order=${ofDay} .*state=6`));
  });

  it('keeps stops away from the price and frozen ones as they are', async () => {
    const ea = await shell();
    const position = fieldOf(await ea.send(`${buy} sl=1.09000`), /RESULT/, 'order');
    const change = `send action=6 symbol=EURUSD position=${position}`;
    expect(await ea.retcode(`${change} sl=1.09000`)).toBe(10025);
    expect(await ea.retcode(`${change} sl=1.10010`)).toBe(10016);
    expect(await ea.retcode(`${change} sl=1.09950 tp=1.11`)).toBe(10009);
    await ea.control('symbol EURUSD freeze 60');
    expect(await ea.retcode(`${change} sl=1.09900`)).toBe(10029);
    expect(await ea.retcode(`${sell} position=${position}`)).toBe(10029);
  });

  it('converts money by the quotes, and stops out what the margin no longer bears', async () => {
    const ea = await shell({ switches: { ACCOUNT_DEPOSIT: 1100 } });
    const jpy = await ea.send('symbol name=USDJPY');
    expect(jpy.join()).toMatch(/tick=0.66661 calculated=true margin=1000.00 profit=66.66/);
    expect((await ea.send('symbol name=GBPUSD')).join()).toContain('selected unquoted');
    expect((await ea.send('symbol name=GBPUSD')).join()).toContain('selected quoted');
    expect((await ea.send('symbol name=NONE')).join()).toContain('unknown unquoted');
    expect(await ea.retcode('send action=1 type=0 symbol=EURUSD volume=0.90')).toBe(10009);
    await ea.control('price EURUSD 1.09300 1.09310');
    expect(rows(await ea.state(), 'POSITION')).toEqual([]);
    expect(dealsIn(ea.folder).at(-1)).toMatchObject({ reason: 6, entry: 1, volume: 0.9, profit: -639 });
  });
});

describe.skipIf(skipsWithoutCompiler())('faults of the broker and the connection', { timeout: 180_000 }, () => {
  it.each([10_004, 10_008, 10_010, 10_012, 10_028])('retcode %d comes without a deal, or after one', async (code) => {
    const ea = await shell({ switches: { RETCODE: code } });
    expect(await ea.retcode(buy)).toBe(code);
    expect(dealsIn(ea.folder)).toEqual([]);
    await ea.control('set RETCODE_TRADES 1');
    expect(await ea.retcode(buy)).toBe(code);
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('a connection is lost before the request, or after it', async () => {
    const ea = await shell({ switches: { CONNECTION_LOST: 'before' } });
    expect(await ea.retcode(buy)).toBe(10031);
    expect(dealsIn(ea.folder)).toHaveLength(0);
    await ea.control('set CONNECTION_LOST after');
    expect(await ea.retcode(buy)).toBe(10031);
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('requotes, partial fills and orders that are placed first', async () => {
    const ea = await shell({ switches: { REQUOTES: 1, PARTIAL_FILL: 0.4 } });
    expect(await ea.retcode(buy)).toBe(10004);
    expect(await ea.retcode(buy)).toBe(10006);
    expect(await ea.retcode(`${buy} filling=1`)).toBe(10010);
    await ea.control('symbol EURUSD execution exchange');
    const order = fieldOf(await ea.send(`${buy} filling=2`), /RESULT/, 'order');
    expect(rows(await ea.state(), 'ORDER')).toEqual([`ORDER ${order} EURUSD type=0 state=3 volume=0.06 price=0.00000`]);
    await ea.control(`fill ${order} 0.06`, 'set PARTIAL_FILL', 'set EXECUTION_MS 50');
    expect(rows(await ea.state(), 'POSITION').map((row) => /volume=(\S+)/.exec(row)?.[1])).toEqual(['0.04', '0.10']);
    expect((await ea.send(buy)).join()).toMatch(/RESULT true 10008 deal=0 order=\d+/);
    expect(dealsIn(ea.folder)).toHaveLength(3);
    await ea.printed(/EVENT 6 order=\d+ deal=\d+ position=\d+ state=0/);
    await ea.control('price EURUSD 1.1 1.1001');
    await expect.poll(() => dealsIn(ea.folder).length).toBe(4);
  });

  it('asynchronous results come later, in any order, or never', async () => {
    const ea = await shell({ inputs: { Async: true }, switches: { ORDER_MS: 30, EVENTS_ORDER: 'reverse' } });
    expect((await ea.send(buy)).join()).toContain('RESULT true 10008 deal=0 order=0 volume=0.00 price=0.00000 id=1');
    await ea.printed('EVENT 0');
    expect(
      ea
        .lines()
        .filter((line) => line.startsWith('EVENT'))
        .map((line) => line.split(' ')[1]),
    ).toEqual(['result', '3', '2', '6', '0']);
    await ea.control('set LOSE_RESULT 1', 'set EVENTS_ORDER');
    await ea.send(buy);
    await expect.poll(() => ea.lines().filter((line) => line.startsWith('EVENT 3')).length).toBe(2);
    await ea.control('set EVENTS_LOSE all');
    await ea.send(buy);
    await expect.poll(() => dealsIn(ea.folder).length).toBe(3);
    expect(await ea.retcode('send action=1 type=0 symbol=EURUSD volume=0.015')).toBe(10008);
    expect(ea.lines().filter((line) => line.startsWith('EVENT result'))).toHaveLength(1);
  });

  it('lists and history are late', async () => {
    const ea = await shell({ switches: { LATE_LISTS_MS: 60_000, LATE_HISTORY_MS: 60_000 } });
    expect(await ea.retcode(buy)).toBe(10009);
    const state = await ea.state();
    expect([...rows(state, 'POSITION'), ...rows(state, 'PAST')]).toEqual([]);
    expect(rows(state, 'DEAL')).toHaveLength(1);
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it('what happens while the terminal has no connection is seen after it, without events', async () => {
    const ea = await shell();
    await ea.send(buy);
    await ea.printed('EVENT result');
    const before = ea.lines().filter((line) => line.startsWith('EVENT')).length;
    await ea.control('set CONNECTED 0', 'close EURUSD');
    expect(rows(await ea.state(), 'POSITION')).toHaveLength(1);
    await ea.control('set CONNECTED 1');
    expect(rows(await ea.state(), 'POSITION')).toEqual([]);
    expect(ea.lines().filter((line) => line.startsWith('EVENT'))).toHaveLength(before);
    expect(dealsIn(ea.folder).at(-1)).toMatchObject({ reason: 0, entry: 1, magic: 0 });
  });

  it('an account outlives the program that is killed, and an order under way is carried out once', async () => {
    const ea = await shell({ inputs: { Async: true }, switches: { DIE_AFTER: 'OrderSendAsync:2', ORDER_MS: 200 } });
    await ea.send(buy);
    await ea.printed('EVENT result');
    await expect(ea.send(buy)).rejects.toThrow('The program has ended');
    expect(dealsIn(ea.folder)).toHaveLength(1);
    const again = await shell({ folder: ea.folder, inputs: { Async: true }, switches: { ORDER_MS: 200 } });
    await expect.poll(() => dealsIn(ea.folder).length).toBe(2);
    expect(rows(await again.state(), 'POSITION')).toHaveLength(2);
    await again.end();
    const third = await shell({ folder: ea.folder });
    expect(rows(await third.state(), 'POSITION')).toHaveLength(2);
    expect(dealsIn(ea.folder)).toHaveLength(2);
  });

  it('a position that was opened anew after a swap keeps its identifier, not its ticket', async () => {
    const ea = await shell();
    const position = fieldOf(await ea.send(buy), /RESULT/, 'order');
    await ea.control(`reticket ${position}`);
    const [row = ''] = rows(await ea.state(), 'POSITION');
    expect(row).toContain(`id=${position}`);
    expect(row).not.toContain(`POSITION ${position} `);
    expect(await ea.retcode(`${sell} position=${position}`)).toBe(10036);
    expect(await ea.retcode(`${sell} position=${row.split(' ')[1] ?? ''}`)).toBe(10009);
  });

  it('of more than 1,024 trade events that wait the oldest are lost (E18)', async () => {
    const ea = await shell();
    await ea.control(Array.from({ length: 300 }, () => 'open XAUUSD buy 0.01').join('\n'));
    await ea.send('state');
    await expect.poll(() => rows(ea.lines(), 'EVENT').length).toBe(1024);
    expect(rows(ea.lines(), 'EVENT')[0]).not.toContain('order=2200000002');
    expect(dealsIn(ea.folder)).toHaveLength(300);
  });

  it('another login is another account', async () => {
    const ea = await shell();
    await ea.send(buy);
    await ea.control('set ACCOUNT_LOGIN 777', 'event account');
    await ea.printed('DEINIT 6');
    expect(rows(await ea.state(), 'POSITION')).toEqual([]);
    await ea.send(sell);
    await ea.control('set ACCOUNT_LOGIN 555111');
    expect(rows(await ea.state(), 'POSITION')).toEqual([expect.stringContaining('type=0')]);
    expect([dealsIn(ea.folder).length, dealsIn(ea.folder, 777).length]).toEqual([1, 1]);
  });
});
