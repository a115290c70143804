import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { Desk } from '../e2e/desk.ts';
import { chromiumOptions } from '../support/chromium.ts';
import { run, startServe } from '../support/processes.ts';
import { traceFrames } from './frameTimes.ts';
import { quantile } from './rows.ts';

// The price chart while a stop is dragged, at so many ticks a second (100 unless told otherwise): prints one line of JSON.

const warmUpMs = 7_000;
const moves = 400;
/** As often as a screen draws, so that each frame has a move. */
const betweenMovesMs = 16;

interface DragFigures {
  frames: number;
  /** Script and layout of a frame, ms of the page's own thread. */
  script: { p50: number; p95: number; most: number };
  /** ms */
  longestTask: number;
  /** How often the ticket's field changed. */
  changes: number;
}

async function measureDrag(rate: number): Promise<DragFigures> {
  await ensureBuild();
  const serving = await startServe();
  const { command, telemetry } = serving.bridge();
  const peer = run(['test/bench/chartPeer.ts', command, telemetry, String(rate)]);
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    page.setDefaultTimeout(120_000);
    await page.goto(serving.ready.dashboard ?? '');
    const desk = new Desk(page);
    await desk.expectLamps('live', 60_000);
    // Stops as prices: their lines stand still while the market moves, so that one can be grasped.
    await desk.ticket.getByRole('radio', { name: 'Price' }).click();
    await desk.fill({ sl: '2338.5', tp: '2344' });
    await page.getByRole('slider', { name: 'Stop loss' }).waitFor();
    await wait(warmUpMs);
    const session = await browser.newBrowserCDPSession();
    const changes = await countChanges(page);
    const { frames, script, longestTask } = await traceFrames(session, () => drag(page));
    const changed = await changes();
    if (changed < moves / 10) throw new Error(`The line was not dragged: ${String(changed)} changes of the field.`);
    return {
      frames,
      script: { p50: quantile(script, 0.5), p95: quantile(script, 0.95), most: quantile(script, 1) },
      longestTask,
      changes: changed,
    };
  } finally {
    await browser.close();
    await peer.end('SIGKILL');
    await serving.end();
  }
}

/** @returns how many texts the field of the stop loss has had since */
async function countChanges(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('form input[placeholder=none]');
    const counted = globalThis as unknown as { changes: number };
    counted.changes = 0;
    let before = field?.value;
    const look = (): void => {
      if (field?.value !== before) counted.changes += 1;
      before = field?.value;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () => page.evaluate(() => (globalThis as unknown as { changes: number }).changes);
}

async function drag(page: Page): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Stop loss' }).locator('span').first().boundingBox();
  if (box === null) throw new Error('There is no line of the stop loss.');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 0; move < moves; move += 1) {
    await page.mouse.move(x, y + 40 * Math.sin(move / 20));
    await wait(betweenMovesMs);
  }
  await page.mouse.up();
}

process.stdout.write(JSON.stringify(await measureDrag(Number(process.argv[2] ?? 100))));
process.exit();
