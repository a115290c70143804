import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

function read(...patterns: string[]): [file: string, text: string][] {
  return globSync(patterns, { cwd: root }).map((file) => [file, readFileSync(join(root, file), 'utf8')]);
}

/** "gear, Bridge settings, Symbol table", with or without Markdown's stars, over the ends of lines too. */
const path = /\bgear, ((?:\*\*)?[A-Z][\w ]*(?:\*\*)?(?:, (?:\*\*)?[A-Z][\w ]*(?:\*\*)?)*)/g;

describe('paths in the window that sentences name', () => {
  it('begin at the gear and go by names that stand there', () => {
    const window = read('renderer/**/*.{ts,tsx}')
      .map(([, text]) => text)
      .join('\n');
    const said = read('src/**/*.ts', 'renderer/**/*.{ts,tsx}', 'docs/**/*.md', 'README.md');
    const names = said.flatMap(([file, text]) =>
      [...text.replace(/\s+/g, ' ').matchAll(path)].flatMap(([, way = '']) =>
        way.split(', ').map((name) => [file, name.replaceAll('*', '').trim()] as const),
      ),
    );
    expect(names.length).toBeGreaterThan(10);
    const missing = names.filter(([, name]) => !new RegExp(`["'>]\\s*${name}\\s*["'<]`).test(window));
    expect(missing).toEqual([]);
  });

  it('are nowhere called "Settings, …" or "Settings → …": the window has no page of that name', () => {
    const said = read('src/**/*.ts', 'renderer/**/*.{ts,tsx}', 'docs/*.md', 'README.md');
    const wrong = said.filter(([, text]) => /\bSettings(?: →|, (?:Install|Bridge|Connection))/.test(text));
    expect(wrong.map(([file]) => file)).toEqual([]);
  });
});
