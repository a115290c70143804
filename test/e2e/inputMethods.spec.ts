import type { Locator, Page } from '@playwright/test';
import { expect, test } from './desk.ts';

test.use({ config: { currency: 'USD', leverage: 100, limits: { duplicateWindowS: 0 } } });

interface Key {
  key: string;
  code?: string;
  altKey?: boolean;
  shiftKey?: boolean;
}

/** A key as an input method reports it while it composes; `safari`: as the press that ends the composition there. */
async function compose(field: Locator, init: Key, safari = false): Promise<void> {
  await field.evaluate(
    (element, [given, isSafari]) => {
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, isComposing: !isSafari, ...given });
      if (isSafari) Object.defineProperty(event, 'keyCode', { value: 229 });
      element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      element.dispatchEvent(event);
    },
    [init, safari] as const,
  );
}

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.textContent ?? '');

test('keys of an input method belong to it: they step no lots, choose no symbol, leave no field and ask nothing', async ({
  desk,
  page,
  paper,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.priced();
  const lots = desk.ticket.getByLabel('Lots', { exact: true });
  const symbol = desk.ticket.getByRole('combobox', { name: 'Symbol' });
  for (const safari of [false, true]) {
    await lots.focus();
    await compose(lots, { key: 'ArrowUp' }, safari);
    await expect(lots).toHaveValue('0.01');
    await symbol.fill('eur');
    await expect(symbol).toHaveAttribute('aria-expanded', 'true');
    await compose(symbol, { key: 'Enter' }, safari);
    await compose(symbol, { key: 'Enter', shiftKey: true }, safari);
    await expect(symbol).toHaveValue('eur');
    await expect(symbol).toHaveAttribute('aria-expanded', 'true');
    await compose(symbol, { key: 'Escape' }, safari);
    await expect(symbol).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('Escape');
    await compose(symbol, { key: 'Escape' }, safari);
    expect(await focused(page)).toBe('Symbol');
    for (const code of ['KeyB', 'KeyS', 'KeyC', 'KeyL'])
      await compose(symbol, { key: 'Process', code, altKey: true }, safari);
    expect(await focused(page)).toBe('Symbol');
    await symbol.fill('XAUUSD');
    await symbol.press('Tab');
  }
  await page.getByRole('button', { name: /settings/i }).click();
  await page.getByRole('button', { name: 'Bridge settings' }).click();
  const settings = desk.dialog('Bridge settings');
  await compose(settings.getByLabel('Open trades'), { key: 'Escape' });
  await expect(settings).toBeVisible();
  await expect(desk.confirm).toHaveCount(0);
  await expect(desk.dialog('Confirm close')).toHaveCount(0);
});

test('a character of AltGr or of a dead key is no chord, however the system reports AltGr', async ({
  desk,
  page,
  paper,
}) => {
  paper();
  await desk.expectLamps('live');
  await desk.arm();
  await desk.priced();
  const symbol = desk.ticket.getByRole('combobox', { name: 'Symbol' });
  await symbol.focus();
  for (const code of ['KeyB', 'KeyS', 'KeyC', 'KeyL', 'KeyO', 'KeyP', 'F1']) {
    await symbol.dispatchEvent('keydown', { key: 'ß', code, altKey: true, modifierAltGraph: true });
    await symbol.dispatchEvent('keydown', { key: 'ß', code, altKey: true, ctrlKey: true, modifierAltGraph: true });
    await symbol.dispatchEvent('keydown', { key: 'ß', code, altKey: true, ctrlKey: true });
    if (code !== 'F1') await symbol.dispatchEvent('keydown', { key: 'ß', code, modifierAltGraph: true });
    await symbol.dispatchEvent('keydown', { key: 'Dead', code, altKey: true });
  }
  const kill = { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true };
  await symbol.dispatchEvent('keydown', { ...kill, altKey: true, modifierAltGraph: true });
  await symbol.dispatchEvent('keydown', { ...kill, modifierAltGraph: true });
  expect(await focused(page)).toBe('Symbol');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(desk.killSwitch).toHaveAttribute('aria-pressed', 'false');
  // The same keys without AltGr do what they say.
  await page.keyboard.press('Alt+b');
  await expect(desk.confirm).toBeVisible();
  await expect(desk.executions.locator('tbody tr')).toHaveCount(0);
});
