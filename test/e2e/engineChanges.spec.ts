import { addEngine, startPythonEngine, type PythonEngine } from '../support/engines.ts';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';
import { expect, test as base } from './desk.ts';

/** An engine of a process of its own at the gateway. */
const test = base.extend<{ engine: PythonEngine }>({
  engine: async ({ serving }, use) => {
    const engine = startPythonEngine(serving.ready.gateway ?? '', 'dealer');
    await use(engine);
    await engine.end();
  },
});

test.skip(python === null, 'There is no Python with pyzmq.');
test.use({ config: { currency: 'USD', leverage: 100 } });

test('a stop loss that an engine moves away from the price waits in the inbox, and is asked about before it leaves', async ({
  desk,
  page,
  serving,
  paper,
  engine,
}) => {
  paper('--dialect', '8', '--tick-interval', '1000');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.priced();
  const token = await addEngine(serving, 'VENOM', '--mode', 'auto');
  const who = { engine: 'VENOM', token };
  const buy = { type: 'signal', signal_id: 'V1', action: 'buy', symbol: 'XAUUSD', lot: 0.1 };
  engine.send({ ...who, ...buy, stop_loss: 2000, take_profit: 4000 });
  await until(() => engine.replies.some(({ type }) => type === 'trade_result'), 'gold is bought');
  const position = await until(async () => {
    const before = engine.replies.length;
    engine.send({ ...who, type: 'positions' });
    await engine.waitForReplies(before + 1);
    const listed = engine.replies.findLast(({ type }) => type === 'positions')?.['positions'] ?? [];
    return (listed as { position: string }[])[0]?.position;
  }, 'it is listed');

  engine.send({ ...who, type: 'modify', signal_id: 'M1', position, sl_price: 1990 });
  const row = page.getByRole('listitem', { name: 'Signal M1' });
  await expect(row).toContainText(`Stops of position ${position}: SL 1990, TP 4000 · buy 0.10 XAUUSD at`);
  await expect(row).toContainText('The stop loss would move away from the price, from 2000 to 1990');
  await row.getByRole('button', { name: 'Fire M1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm signal' });
  await expect(dialog).toContainText('would move away from the price');
  await dialog.getByRole('button', { name: 'Fire' }).click();
  await until(
    () => engine.replies.some(({ type, signal_id }) => type === 'trade_result' && signal_id === 'M1'),
    'the engine hears that it is done',
  );
});
