import { setTimeout as wait } from 'node:timers/promises';
import { startPaper, type Running, type Serving } from '../support/processes.ts';
import type { Desk } from './desk.ts';
import { seeEngines } from './tourEngines.ts';

export interface Tour {
  desk: Desk;
  serving: Serving;
  /** Called on every screen, by its name. */
  see: (screen: string) => Promise<void>;
  /** How long the charts are given to show a line, in ms. */
  lifeMs: number;
}

/** Goes through every screen and state of the window, as a person would get there. It ends the app that it was given. */
export async function tour({ desk, serving, see, lifeMs }: Tour): Promise<void> {
  const { page } = desk;
  const peers: Running[] = [];
  const connect = (...flags: string[]): void => {
    peers.push(startPaper(serving.bridge(), ...flags));
  };
  const disconnect = async (): Promise<void> => {
    await Promise.all(peers.splice(0).map((peer) => peer.end('SIGKILL')));
  };
  try {
    await desk.expectLamps('listening');
    await see('empty');
    await sayAccountTerms(desk);
    connect('--seed', '7', '--tick-interval', '250');
    await desk.expectLamps('live');
    await desk.arm();
    await fireAll(desk, serving);
    await wait(lifeMs);
    await see('desk');
    await desk.tab('Statistics').click();
    await see('statistics');
    await desk.tab('Positions').click();
    await see('positions');
    await page.getByRole('button', { name: 'Close everything' }).click();
    await see('close-everything');
    await page.keyboard.press('Escape');
    await seeEngines({ desk, serving, see });
    await desk.tab('Wire log').click();
    await page.getByLabel('Orders only').check();
    await page.getByRole('table', { name: 'Wire log' }).locator('tbody tr').nth(1).waitFor();
    await see('wire-log');
    await page.getByRole('button', { name: 'Check connection' }).click();
    await page.getByRole('region', { name: 'Flows' }).waitFor();
    await see('connection-check');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await see('shortcuts');
    await page.keyboard.press('Escape');
    await desk.tab('Executions').click();
    await desk.fill({ lots: '0.1', sl: '20', tp: '400', id: '' });
    await desk.priced();
    await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
    await see('confirm');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Settings' }).click();
    await see('settings');
    await page.keyboard.press('Escape');
    await disconnect();
    await desk.expectLamps('down');
    connect('--seed', '8', '--tick-interval', '250', '--fault', 'silent');
    await desk.expectLamps('live');
    await seeGuards(desk, see);
    await desk.fill({ symbol: 'XAUUSD', sl: '2341.22' });
    await desk.tab('Alarms').click();
    connect('--login', '2');
    await page.getByText('so trading is stopped.').waitFor();
    await see('second-ea');
    await disconnect();
    await desk.expectLamps('down');
    await desk.tab('Executions').click();
    await page.getByText('No telemetry', { exact: false }).first().waitFor({ timeout: 30_000 });
    await see('down');
    await serving.end('SIGKILL');
    await page.getByText('The connection to the app was lost.').waitFor();
    await see('lost');
  } finally {
    await disconnect();
  }
}

/** Currency and leverage, so that risk and margin have figures; no limits, which would refuse some of the orders. */
async function sayAccountTerms({ page }: Desk): Promise<void> {
  await page.getByLabel('Currency of the account').fill('USD');
  await page.getByLabel('Leverage of the account, 1 to').fill('100');
  await page.getByRole('checkbox', { name: /^Limit the risk/ }).uncheck();
  await page.getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByRole('button', { name: 'Set again' }).waitFor();
}

/** An order that nobody knows, the limits, and the kill switch. */
async function seeGuards(desk: Desk, see: Tour['see']): Promise<void> {
  const { page } = desk;
  await desk.fill({ symbol: 'GBPUSD', lots: '0.1', sl: '150', tp: '300', id: 'VENOM_GBP_001' });
  await desk.fire('Buy');
  await desk.expectNewest({ State: 'unknown' }, 30_000);
  const drawer = await desk.openNewest();
  await drawer.getByLabel('Found in MT5').check();
  await see('order');
  await page.keyboard.press('Escape');
  await desk.fill({ id: '' });
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Sell', exact: true }).click();
  await see('beside-unknown');
  await page.keyboard.press('Escape');
  await desk.tab('Alarms').click();
  await page.getByRole('radio', { name: 'Activity' }).click();
  await page.getByRole('table', { name: 'Activity' }).locator('tbody tr').first().waitFor();
  await see('activity');
  await page.getByRole('radio', { name: 'Alarms' }).click();
  await desk.tab('Limits').click();
  await see('limits');
  await page.getByRole('button', { name: 'Edit limits' }).click();
  await see('bridge-settings');
  await page.locator('#settings-symbols').scrollIntoViewIfNeeded();
  await see('symbol-table');
  await page.keyboard.press('Escape');
  await desk.ticket.getByRole('button', { name: 'Close all' }).click();
  await see('close');
  await page.keyboard.press('Escape');
  await desk.killSwitch.click();
  await desk.armed.click();
  await desk.tab('Executions').click();
  await see('kill-switch');
  await page.getByRole('button', { name: 'Release' }).click();
  await desk.dialog('Release the kill switch').getByRole('button', { name: 'Release' }).click();
  await desk.arm();
}

/** Orders that end in different ways. */
async function fireAll(desk: Desk, serving: Serving): Promise<void> {
  const fire = (...flags: string[]) => serving.cli('fire', '--lot', '0.1', ...flags);
  await fire('--action', 'buy', '--symbol', 'XAUUSD', '--sl', '2000', '--tp', '4000', '--id', 'VENOM_XAU_001');
  await fire('--action', 'sell', '--symbol', 'EURUSD', '--sl', '150', '--tp', '300');
  await fire('--action', 'buy', '--symbol', 'USOIL', '--sl', '50');
  await fire('--action', 'buy', '--symbol', 'GBPUSD', '--no-sl', '--id', 'VENOM_XAU_001');
  await serving.cli('fire', '--lot', '0.016', '--action', 'sell', '--symbol', 'USDJPY', '--no-sl');
  await desk.fill({ lots: '0.2', sl: '1500', tp: '3000', symbol: 'XAUUSD' });
  await desk.fire('Sell');
  await desk.expectNewest({ State: 'filled' }, 30_000);
}
