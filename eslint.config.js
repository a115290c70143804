import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const node = ['src/**/*.ts', 'electron/**/*.ts', 'scripts/**/*.ts', '*.config.ts'];
const web = ['renderer/**/*.{ts,tsx}'];
const tests = ['test/**/*.{ts,tsx}'];

export default tseslint.config(
  {
    ignores: [
      'out/',
      'dist/',
      'node_modules/',
      'test-results/',
      'playwright-report/',
      '*.config.js',
      '*.cjs',
      '**/*.d.ts',
    ],
  },
  js.configs.recommended,
  {
    files: [...node, ...web, ...tests],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: 'tsconfig.test.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Index access by a literal key of a record is how noPropertyAccessFromIndexSignature wants it.
      '@typescript-eslint/dot-notation': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    // A promise that nobody waits for says what becomes of its failure: `void` would lose it (ARCHITECTURE rule 7a).
    files: [...node, ...web],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }] },
  },
  {
    files: ['electron/**/*.ts'],
    ignores: ['electron/ipcTransport.ts', 'electron/preload.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'electron',
              importNames: ['ipcMain', 'ipcRenderer'],
              message: 'Use electron/ipcTransport.ts: it carries the typed contract and checks the sender.',
            },
          ],
        },
      ],
    },
  },
  { files: web, ...reactHooks.configs.flat['recommended-latest'] },
);
