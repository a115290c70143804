import { readExamples } from '../protocol/sizingExamples.ts';
import { expect, test, type Desk } from './desk.ts';

// The worked examples of docs/sizing.md in the running app, with the numbers that stand there.

const { examples } = readExamples();
const example = (number: string) => {
  const found = examples.find((each) => each.number === number);
  if (found === undefined) throw new Error(`No example ${number}`);
  return found;
};
const ways = { lots: 'Lots', percent: '%', money: 'USD' } as const;
const units = { points: 'Points', pips: 'Pips', price: 'Price', money: 'Money' } as const;

async function choose(desk: Desk, group: string, word: string): Promise<void> {
  await desk.ticket.getByRole('radiogroup', { name: group }).getByRole('radio', { name: word, exact: true }).click();
}

/** Types an example into the ticket. */
async function type(desk: Desk, { symbol, size, sl, tp }: (typeof examples)[number]): Promise<void> {
  await desk.fill({ symbol });
  await choose(desk, 'Size in', ways[size.by]);
  await desk.ticket.getByLabel(size.by === 'lots' ? 'Lots' : 'Risk', { exact: true }).fill(String(size.value));
  await choose(desk, 'Stops in', units[sl.unit]);
  await desk.fill({ sl: String(sl.value), tp: String(tp.value) });
}

/** The figures under Sell or under Buy. */
async function figures(desk: Desk, side: 'buy' | 'sell'): Promise<string[]> {
  const rows = desk.ticket.getByRole('table', { name: 'What it amounts to' }).locator('tbody tr');
  return rows.locator(`${side === 'sell' ? 'td:first-of-type' : 'td:last-of-type'} [data-figure]`).allTextContents();
}

test.use({ config: { currency: 'USD', leverage: 100 } });

test('a worked example is followed to the fill: ticket, dialog and frame have its numbers', async ({ desk, paper }) => {
  paper('--unrest', '0', '--positions', '0');
  await desk.expectLamps('live');
  await desk.arm();
  const first = example('1');
  await type(desk, first);
  const { lots, 'sl sent': sl, 'tp sent': tp, distance, 'stop price': stop, 'at risk': risk, reward, margin, level } =
    first.expected; // prettier-ignore
  await expect
    .poll(() => figures(desk, 'buy'))
    .toEqual([lots, stop, distance, risk, reward, margin, level?.replace(' %', '')]);
  await desk.fill({ id: 'EXAMPLE_1' });
  await desk.priced();
  await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).click();
  for (const figure of [`${lots ?? ''} lots`, stop, `${risk ?? ''} USD`, `${reward ?? ''} USD`, margin, level]) {
    await expect(desk.confirm).toContainText(figure ?? '');
  }
  await expect(desk.confirm).toContainText(
    `{"type":"signal","action":"buy","symbol":"XAUUSD","lot":${String(Number(lots))},"tp":${tp ?? ''},"sl":${sl ?? ''},"signal_id":"EXAMPLE_1"}`,
  );
  await desk.confirm.getByRole('button', { name: 'Fire' }).click();
  await desk.expectNewest({ ID: 'EXAMPLE_1', Lots: lots ?? '', State: 'filled', Price: '2341.34' });
  const account = desk.page.getByRole('region', { name: 'Account' });
  await expect(account).toContainText(margin ?? '');
});

test('pips wait for a person, and then every example that the paper EA quotes has its numbers', async ({
  desk,
  paper,
  page,
}) => {
  paper('--unrest', '0', '--positions', '0');
  await desk.expectLamps('live');
  await type(desk, example('2'));
  await expect(desk.ticket).toContainText('What a pip is on this bridge has not been confirmed.');
  const place = await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).boundingBox();
  await desk.ticket.getByRole('button', { name: 'Set it' }).click();
  await page.getByRole('checkbox', { name: 'These pips are right' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog', { name: 'Bridge settings' })).toBeHidden();
  for (const each of examples.slice(0, 10)) {
    await type(desk, each);
    const { lots, distance, 'stop price': stop, 'at risk': risk, reward, margin, level } = each.expected;
    await expect
      .poll(() => figures(desk, each.side), { message: `example ${each.number}` })
      .toEqual([lots, stop, distance, risk, reward, margin, level?.replace(' %', '')]);
  }
  expect(await desk.ticket.getByRole('button', { name: 'Buy', exact: true }).boundingBox()).toEqual(place);
});

test('a symbol table is imported, its errors named by line, and the broker’s name is what is sent', async ({
  desk,
  paper,
  page,
}) => {
  const ea = paper('--unrest', '0', '--positions', '0');
  await desk.expectLamps('live');
  await desk.arm();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Bridge settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Bridge settings' });
  await settings.getByRole('button', { name: 'Import' }).click();
  const header = 'symbol,alias,point,pip,digits,contract size,lot min,lot max,lot step,quote currency';
  await settings.getByLabel('Or paste it here').fill(`${header}\nGOLD,XAUUSD,0.01,0,1,2,100,,,,USD`);
  await settings.getByRole('button', { name: 'Read it' }).click();
  await expect(settings).toContainText('Line 2 has 11 cells and needs 10.');
  await settings.getByLabel('A CSV file').setInputFiles({
    name: 'symbols.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${header}\nGOLD,XAUUSD,0.01,0.1,2,100,,,,USD\n`),
  });
  await expect(settings).toContainText('0 replaced, 1 added.');
  await expect(settings).toContainText('XAUUSD would be both GOLD and XAUUSD.');
  const gold = settings.getByRole('row').filter({ has: page.getByTitle('XAUUSD', { exact: true }) });
  await gold
    .first()
    .getByRole('button', { name: /^Remove row/ })
    .click();
  const download = page.waitForEvent('download');
  await settings.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toBe('symbols.csv');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(settings).toBeHidden();
  // What is sent for a name has changed.
  await expect(desk.armed).not.toBeChecked();
  await desk.arm();
  await desk.fill({ symbol: 'GOLD', sl: '2000', tp: '4000' });
  await expect(desk.ticket).toContainText('sent as XAUUSD');
  await desk.fire('Sell');
  await desk.expectNewest({ Symbol: 'XAUUSD', State: 'filled' });
  await ea.end('SIGKILL');
});
