import type { Locator, Page } from '@playwright/test';
import { addEngine, startPythonEngine, type PythonEngine } from '../support/engines.ts';
import { engineSignal } from '../support/engineSignal.ts';
import { python } from '../support/pythonPeer.ts';
import { expect, test as base } from './desk.ts';

const test = base.extend<{ engine: PythonEngine }>({
  engine: async ({ serving }, use) => {
    const engine = startPythonEngine(serving.ready.gateway ?? '', 'dealer');
    await use(engine);
    await engine.end();
  },
});

test.skip(python === null, 'There is no Python with pyzmq.');
test.use({ config: { currency: 'USD', leverage: 100 } });

const waiting = (page: Page, id: string): Locator => page.getByRole('listitem', { name: `Signal ${id}` });

/** How much of a text its surroundings hide until they are scrolled. */
const hiddenPx = (text: Locator): Promise<number> =>
  text.evaluate(({ parentElement }) => (parentElement?.scrollHeight ?? 0) - (parentElement?.clientHeight ?? 0));

/** A signal that would be refused: "Fire" is dead, and its whole reason is in sight, with what to do. */
async function expectDead(row: Locator, reason: string, nextStep: string): Promise<void> {
  const fire = row.getByRole('button', { name: 'Fire' });
  await expect(fire).toHaveAttribute('aria-disabled', 'true');
  await expect(fire).toHaveCSS('cursor', 'not-allowed');
  const why = row.getByRole('note', { name: 'What stands against it' });
  await expect(why).toHaveText(`${reason} ${nextStep}`);
  await row.scrollIntoViewIfNeeded();
  await expect(why).toBeInViewport({ ratio: 1 });
  expect(await hiddenPx(why), 'px of the reason out of sight').toBe(0);
  expect(await row.evaluate((item) => item.scrollHeight - item.clientHeight), 'px of the row out of sight').toBe(0);
  await fire.click({ force: true });
  await expect(row.page().getByRole('dialog')).toHaveCount(0);
  await expect(row.getByRole('timer')).toHaveText(/left/);
}

test('a signal that would be refused has a dead Fire, with the whole reason and what to do', async ({
  desk,
  page,
  paper,
  serving,
  engine,
}) => {
  paper('--tick-interval', '1000', '--fault', 'drop');
  await desk.expectLamps('live');
  await desk.arm();
  await desk.priced();
  const token = await addEngine(serving, 'VENOM', '--mode', 'ask', '--expiry', '600');
  const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000'];
  await serving.cli('fire', ...order, '--id', 'LOST_1');
  await desk.expectLampsStay('live');

  engine.send(engineSignal(token, { signal_id: 'BESIDE', action: 'sell', sl: 2000, tp: 4000 }));
  const beside = waiting(page, 'BESIDE');
  await expectDead(
    beside,
    'What became of LOST_1 in XAUUSD is unknown: it may be open.',
    'Look in MT5 whether it is open, settle it in Executions, then fire.',
  );
  engine.send(engineSignal(token, { signal_id: 'OTHER', symbol: 'EURUSD', sl: 150, tp: 300 }));
  await waiting(page, 'OTHER').scrollIntoViewIfNeeded();
  await expect(waiting(page, 'OTHER').getByRole('button', { name: 'Fire' })).toBeEnabled();

  // What there is to know of a signal that may be fired is whole, too.
  engine.send(engineSignal(token, { signal_id: 'HEAVY', symbol: 'GBPUSD', lot: 1, sl: 500, tp: 900 }));
  await waiting(page, 'HEAVY').scrollIntoViewIfNeeded();
  const doubts = waiting(page, 'HEAVY').getByRole('note', { name: 'What stands against it' });
  await expect(doubts).toContainText(/The stop loss costs \d+\.\d % of the equity/);
  expect(await hiddenPx(doubts), 'px of the doubts out of sight').toBe(0);
  await expect(waiting(page, 'HEAVY').getByRole('note', { name: 'What it amounts to' })).toContainText(
    /Level after \d/,
  );

  await desk.killSwitch.click();
  await expectDead(
    waiting(page, 'OTHER'),
    'The kill switch is on: nothing is bought or sold.',
    'When you want to trade again, release it and arm the bridge.',
  );
});
