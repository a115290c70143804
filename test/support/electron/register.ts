import { registerHooks } from 'node:module';

// Gives the built main process a stand-in for the `electron` module. Loaded with --import.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'electron'
      ? { url: new URL('./standIn.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context);
  },
});
