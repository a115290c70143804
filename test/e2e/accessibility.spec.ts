import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './desk.ts';
import { tour } from './tour.ts';

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test('no screen breaks a rule of WCAG 2.2 AA that can be checked, in either theme', async ({ desk, page, serving }) => {
  test.setTimeout(600_000);
  const found: string[] = [];
  let screens = 0;
  const see = async (screen: string): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      // Between the themes only colours differ.
      const axe = new AxeBuilder({ page });
      const { violations } = await (
        colorScheme === 'dark' ? axe.withTags(levels) : axe.withRules('color-contrast')
      ).analyze();
      screens += 1;
      for (const { id, help, nodes } of violations) {
        for (const { html, failureSummary } of nodes) {
          found.push(`${screen}, ${colorScheme}: ${id} (${help})\n  ${html}\n  ${failureSummary ?? ''}`);
        }
      }
    }
  };
  await tour({ desk, serving, see, lifeMs: 0 });
  process.stdout.write(`accessibility | screens ${String(screens)}, violations ${String(found.length)}\n`);
  expect(found.join('\n'), 'violations').toBe('');
});
