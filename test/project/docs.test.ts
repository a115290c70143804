import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

// Documentation names files and identifiers of the tree. A move or a new name must not leave a stale one behind.

const root = join(import.meta.dirname, '..', '..');
const folders = ['clients', 'docs', 'electron', 'mt5', 'renderer', 'scripts', 'src', 'test'].filter((folder) =>
  existsSync(join(root, folder)),
);
const files = [
  ...readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
  ...folders.flatMap((folder) => [folder, ...filesIn(folder)]),
];
const known = new Set(files);
const names = new Set(files.map((path) => posix.basename(path)));
const documents = files.filter((path) => path.endsWith('.md'));
const sources = files
  .filter((path) => /\.(ts|tsx|py|js|cjs|mjs|json|h|mqh|mq5)$/.test(path) && path !== 'package-lock.json')
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .join('\n');
const words = new Set(sources.match(/\w+/g));

/** Identifiers of other products. */
const foreign = new Set(['StringFormat', 'setImmediate']);

describe.each(documents)('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const code = [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? '');

  it('names paths that are there', () => {
    const inTree = new RegExp(`^(${folders.join('|')})/[\\w./{},*-]*$`);
    const paths = code.filter((span) => inTree.test(span)).map((span) => span.replace(/\/$/, ''));
    // A path with a star or NNN stands for many files.
    expect(paths.filter((each) => !/\*|NNN/.test(each) && !known.has(each))).toEqual([]);
  });

  it('names modules of src that are there', () => {
    const inSource = code.filter(
      (span) => /^\w+(\/\w+)+$/.test(span) && known.has(`src/${span.split('/', 1).join('')}`),
    );
    expect(inSource.filter((span) => !known.has(`src/${span}`) && !known.has(`src/${span}.ts`))).toEqual([]);
  });

  it('names files that are there', () => {
    const sourceFiles = code.filter((span) => /^[\w./-]+\.(ts|tsx|py|mjs|cjs)$/.test(span));
    expect(sourceFiles.filter((each) => !names.has(posix.basename(each)))).toEqual([]);
  });

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target ?? '');
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !known.has(posix.join(posix.dirname(path), target)))).toEqual([]);
  });

  it('names identifiers that are in the sources', () => {
    const identifiers = code
      .map((span) => span.replace(/\(.*\)$/, ''))
      .filter((span) => /^([a-z]+|[A-Z][a-z]+)([A-Z][a-z0-9]*)+$/.test(span));
    expect(identifiers.filter((each) => !words.has(each) && !foreign.has(each))).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => !path.includes('/node_modules/') && dirname(path) !== '.');
}
