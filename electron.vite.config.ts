import { resolve } from 'node:path';
import babel from '@rolldown/plugin-babel';
import tailwindcss from '@tailwindcss/vite';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          main: resolve(root, 'electron/main.ts'),
          paper: resolve(root, 'src/paper/main.ts'),
          historyWorker: resolve(root, 'src/journal/history/historyWorker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be CommonJS, in one file.
      rolldownOptions: {
        input: { preload: resolve(root, 'electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    build: {
      rolldownOptions: {
        input: { index: resolve(root, 'renderer/index.html'), start: resolve(root, 'renderer/start.html') },
      },
      target: 'es2023',
      minify: true,
      // The content security policy takes fonts from files, not from data URLs.
      assetsInlineLimit: 0,
    },
    // ADR 40: the compiler keeps what a pulse has not changed from being drawn again.
    plugins: [react(), babel({ presets: [reactCompilerPreset()] }), tailwindcss()],
  },
});
