import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../support/chromium.ts';

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  workers: 2,
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    launchOptions: chromiumOptions(),
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    // Recording one costs a fifth of the run: `npx playwright test -c test/e2e/playwright.config.ts --trace on <name>`.
    trace: 'off',
  },
});
