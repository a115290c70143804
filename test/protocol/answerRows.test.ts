import { describe, expect, it } from 'vitest';
import type { CodePage } from '../../src/protocol/ea/codePage.ts';
import { readEaFrame } from '../../src/protocol/ea/eaFrame.ts';
import { readEaError, readTradeResult, type ExecutionReport } from '../../src/protocol/ea/executionReport.ts';

// What else EAs and brokers answer than the documented: never a rejection of what may have been traded.

function read(frame: string | Uint8Array, codePage?: CodePage): ExecutionReport {
  const bytes = typeof frame === 'string' ? new TextEncoder().encode(frame) : frame;
  const [{ decoded }] = readEaFrame(bytes, codePage);
  if (!decoded.ok) throw new Error(decoded.reason);
  const { kind, body } = decoded.message;
  if (kind === 'error') return readEaError(body);
  if (kind === 'trade_result') return readTradeResult(body);
  throw new Error(kind);
}
const error = (text: unknown, more = '') => `{"type":"error","signal_id":"C","error":${JSON.stringify(text)}${more}}`;
const result = (fields: string) => `{"type":"trade_result","signal_id":"C",${fields}}`;

const unclear = { state: 'unknown', doubt: 'unclear_status', unread: false };
const unread = { state: 'unknown', doubt: 'unclear_status', unread: true };
const timeout = { state: 'unknown', doubt: 'ea_timeout' };
const rejected = { state: 'rejected', sendFailed: false };

describe('a return code', () => {
  const places: [string, string][] = [
    ['under another name', ',"return_code":CODE'],
    ['under a name in another case', ',"RetCode":"CODE"'],
    ['in an object', ',"result":{"retcode":CODE,"comment":""}'],
    ['in an object of an object', ',"mt5":{"reply":{"code":"CODE"}}'],
    ['in a list', ',"results":[{"retcode":CODE}]'],
    ['beside an old error number', ',"retcode":CODE,"error_code":4756'],
  ];
  it.each(places)('%s is read', (_, more) => {
    for (const [code, expected] of [
      ['10009', unclear],
      ['10010', unclear],
      ['10008', unclear],
      ['10031', unclear],
      ['10012', timeout],
      ['10019', rejected],
      ['10018', rejected],
    ] as const)
      expect(read(error('?', more.replace('CODE', code))), code).toMatchObject(expected);
  });

  it.each([
    ['RETCODE_10016', rejected],
    ['TRADE_RETCODE_10012', timeout],
    ['retcode=１００１２', timeout],
    ['retcode=１００１９', rejected],
    ['错误 10009', unclear],
    ['код 10010', unclear],
    ['Рынок закрыт (10018)', rejected],
    ['Position #10019 filled', unclear],
    ['Order #10013', unread],
    ['ticket=10019 bought at 1.1', unclear],
    ['order: 10018 placed', unclear],
    ['Order filled (10019)', unclear],
    ['magic 10019', unread],
    ['retcode=10019, nothing was executed', rejected],
  ])('in "%s" is what it is', (text, expected) => {
    expect(read(error(text))).toMatchObject(expected);
  });

  it('may be the whole status, or contradict it', () => {
    expect(read(result('"status":10019'))).toMatchObject(rejected);
    expect(read(result('"status":10012'))).toMatchObject(timeout);
    expect(read(result('"status":true,"ticket":5'))).toMatchObject(unclear);
    expect(read(result('"status":"success","ticket":5,"price":1.5,"result":{"retcode":10019}'))).toMatchObject(unclear);
    expect(
      read(result('"status":"success","ticket":5,"price":1.5,"result":{"retcode":10010,"volume":0.04}')),
    ).toMatchObject({ state: 'filled', partial: true, lot: 0.04 });
    expect(read(result('"status":"success","ticket":5,"price":1.5,"retcode":10009,"error_code":4756'))).toMatchObject({
      state: 'filled',
    });
  });
});

describe('an error', () => {
  it('is read where its text is in another field or an object', () => {
    expect(read('{"type":"error","signal_id":"C","error":{"code":10019,"message":"no money"}}')).toMatchObject(
      rejected,
    );
    expect(read('{"type":"error","signal_id":"C","error":{"code":10009,"message":"x"}}')).toMatchObject(unclear);
    expect(read('{"type":"error","signal_id":"C","message":"Not enough money"}')).toMatchObject(rejected);
    expect(read('{"type":"error","signal_id":"C","error":null,"retcode":10012}')).toMatchObject(timeout);
    expect(read('{"type":"error","fire_id":"C","error":true,"reason":"Market is closed"}')).toMatchObject(rejected);
    expect(() => read('{"type":"error","message":"of nothing"}')).toThrow('can\'t be used: "error"');
  });

  it('that names a ticket and a price is a rejection only where it says why', () => {
    const named = '"ticket":"5","price":"1.5"';
    const bare = 'Trade failed: Unknown error (4756)';
    expect(read(error('Ошибка', `,${named}`))).toMatchObject(unclear);
    expect(read(error(bare, `,${named}`))).toMatchObject(unclear);
    expect(read(error('No money', `,${named}`))).toMatchObject(rejected);
    expect(read(result(`"status":"rejected",${named}`))).toMatchObject(unclear);
    expect(read(result(`"status":"failed","message":"?",${named}`))).toMatchObject(unclear);
    expect(read(result(`"status":"failed","message":"No money",${named}`))).toMatchObject(rejected);
    expect(read(error(bare, ',"ticket":0,"price":0.0'))).toMatchObject({ state: 'rejected', sendFailed: true });
    expect(read(result('"status":"rejected","ticket":0,"price":1.5'))).toMatchObject(rejected);
  });

  it.each([
    ['failed instant buy 0.10 EURUSD at 1.10000 [Requote]', rejected],
    ['market buy 0.10 EURUSD [requote (1.10000/1.10010)]', rejected],
    ['failed market buy 0.10 XAUUSD [rejected]', rejected],
    ['failed market buy 0.10 XAUUSD [placed]', unclear],
    ['Order sent', unclear],
    ['Order could not be sent', unread],
    ['Order in process', unclear],
    ['Success', unclear],
    ['Network error', unclear],
    ['bought 0.1', unclear],
  ])('"%s" is what it says', (text, expected) => {
    expect(read(error(text))).toMatchObject(expected);
  });
});

describe('an error in another language, where the code page of the bridge is right', () => {
  /** Windows' code pages, by the bytes that a terminal sends. */
  const said = (bytes: string): Uint8Array =>
    new Uint8Array(Buffer.from(`{"type":"error","signal_id":"C","error":"${bytes}"}`, 'latin1'));
  it.each<[string, string | Uint8Array, CodePage | undefined, object]>([
    ['Russian: time-out', said('\xd2\xe0\xe9\xec\xe0\xf3\xf2'), 'windows-1251', timeout],
    [
      'Russian: done in part',
      said('\xc8\xf1\xef\xee\xeb\xed\xe5\xed\xee \xf7\xe0\xf1\xf2\xe8\xf7\xed\xee'),
      'windows-1251',
      unclear,
    ],
    [
      'Russian: not enough',
      said('\xcd\xe5\xe4\xee\xf1\xf2\xe0\xf2\xee\xf7\xed\xee \xe4\xe5\xed\xe5\xe3'),
      'windows-1251',
      unread,
    ],
    ['Chinese: time-out', said('\xb3\xac\xca\xb1'), 'gbk', timeout],
    ['Chinese: traded', said('\xb2\xbf\xb7\xd6\xb3\xc9\xbd\xbb'), 'gbk', unclear],
    ['Chinese: no money', said('\xd7\xca\xbd\xf0\xb2\xbb\xd7\xe3'), 'gbk', unread],
    ['Japanese: time-out', error('タイムアウト'), undefined, timeout],
    ['German: time-out', said('Zeit\xfcberschreitung'), undefined, timeout],
    ['German: done', said('Auftrag ausgef\xfchrt'), undefined, unclear],
    ['Spanish: done in part', said('ejecutada parcialmente'), undefined, unclear],
  ])('%s', (_, frame, codePage, expected) => {
    expect(read(frame, codePage)).toMatchObject(expected);
  });
});

describe('a success', () => {
  it('is read by what MT5 calls ticket, price and lots', () => {
    const filled = { state: 'filled', ticket: '7', price: 1.5, verified: true };
    expect(read(result('"status":"success","ticket":0,"deal":7,"price":1.5'))).toMatchObject(filled);
    expect(read(result('"status":"success","result":{"order":7,"price":1.5}'))).toMatchObject(filled);
    expect(read(result('"status":"success","ticket":7,"open_price":"1,5"'))).toMatchObject(filled);
    for (const name of ['traded_lot', 'filled_volume', 'executed_volume'])
      expect(read(result(`"status":"success","ticket":7,"price":1.5,"lot":0.1,"${name}":0.04`))).toMatchObject({
        ...filled,
        lot: 0.04,
      });
  });

  it('whose words speak of a part is one of a part', () => {
    expect(
      read(result('"status":"success","ticket":7,"price":1.5,"message":"Request executed partially"')),
    ).toMatchObject({ state: 'filled', partial: true });
  });
});
