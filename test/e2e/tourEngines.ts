import { addEngine, startPythonEngine, startPythonFeed } from '../support/engines.ts';
import { python } from '../support/pythonPeer.ts';
import type { Tour } from './tour.ts';

/** Engines: none yet, one that is added, signals that wait, one that was halted, its limits, and a feed. None is left. */
export async function seeEngines({ desk, serving, see }: Omit<Tour, 'lifeMs'>): Promise<void> {
  const { page } = desk;
  await desk.tab('Engines').click();
  await page.getByRole('region', { name: 'No engine yet' }).waitFor();
  await see('engines-empty');
  await page.getByRole('button', { name: 'Add engine' }).click();
  const sheet = desk.dialog('Add engine');
  await sheet.getByLabel('Name').fill('VENOM');
  await sheet.getByLabel('A signal waits for').fill('4,5');
  await see('add-engine');
  await sheet.getByLabel('A signal waits for').fill('600');
  await sheet.getByRole('button', { name: 'Add engine' }).click();
  const added = desk.dialog('VENOM is added');
  const venom = await added.getByRole('textbox', { name: 'Token' }).inputValue();
  await see('engine-token');
  // Twice: the token was not copied.
  await added.getByRole('button', { name: 'Close', exact: true }).click();
  await added.getByRole('button', { name: 'Close all the same' }).click();
  const citadel = await addEngine(serving, 'CITADEL', '--mode', 'auto', '--halt-after', '2');
  if (python !== null) {
    await seeSignals({ desk, serving, see }, venom, citadel);
    await page.getByRole('button', { name: 'Edit limits of CITADEL' }).click();
    await desk.dialog('Limits of CITADEL').waitFor();
    await see('engine-limits');
    await page.keyboard.press('Escape');
    await seeFeed({ desk, serving, see });
  }
  for (const name of ['VENOM', 'CITADEL']) await serving.cli('engines', 'remove', name);
  await page.getByRole('region', { name: 'No engine yet' }).waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole('region', { name: 'Signals that wait' }).waitFor({ state: 'hidden' });
}

async function seeSignals(
  { desk: { page }, serving, see }: Omit<Tour, 'lifeMs'>,
  venom: string,
  citadel: string,
): Promise<void> {
  const engine = startPythonEngine(serving.ready.gateway ?? '', 'dealer');
  try {
    const ask = (signal_id: string, changes: object): void => {
      engine.send({ type: 'signal', engine: 'VENOM', token: venom, signal_id, ...changes });
    };
    const gold = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 2000, tp: 4000 };
    ask('VENOM_XAU_002', { ...gold, pattern: 'LIQUIDITY_SWEEP', confidence: 0.87 });
    ask('VENOM_GBP_002', { action: 'sell', symbol: 'GBPUSD', sl: 150, tp: 300, pattern: 'BREAKOUT', confidence: 0.61 });
    ask('VENOM_CLOSE_001', { action: 'close', symbol: 'XAUUSD' });
    await page.getByText('3 signals wait for you').waitFor();
    await see('inbox');
    for (const signal_id of ['CITADEL_001', 'CITADEL_002']) {
      engine.send({ type: 'signal', engine: 'CITADEL', token: citadel, signal_id, ...gold, lot: 5 });
    }
    await page.getByText('HALTED', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Resume CITADEL' }).scrollIntoViewIfNeeded();
    await see('engines');
  } finally {
    await engine.end();
  }
}

async function seeFeed({ desk, serving, see }: Omit<Tour, 'lifeMs'>): Promise<void> {
  const { page } = desk;
  const feed = await startPythonFeed();
  try {
    await page.getByRole('button', { name: 'Add feed' }).click();
    const sheet = desk.dialog('Add feed');
    await sheet.getByLabel('Name').fill('ELITE');
    await sheet.getByLabel('Address').fill(feed.address);
    await sheet.getByLabel('A signal expires after').fill('4');
    await see('add-feed');
    await sheet.getByLabel('A signal expires after').fill('60');
    await sheet.getByRole('button', { name: 'Add feed' }).click();
    await feed.subscribed();
    const signal = { signal_id: 'ELITE_RAPID_1', symbol: 'XAUUSD', direction: 'BUY', lot: 0.1, sl: 2000, tp: 4000 };
    feed.publish(`ELITE_GUARD_SIGNAL ${JSON.stringify(signal)}`);
    feed.publish('nonsense');
    await page.getByText('could not be used').scrollIntoViewIfNeeded();
    await see('feed');
    await serving.cli('feeds', 'remove', 'ELITE');
  } finally {
    await feed.end();
  }
}
