import './compileCache.ts';
import { flushCompileCache } from 'node:module';
import { ensureBuild } from './ensureBuild.ts';

await ensureBuild();
const { serve } = await import('../src/host/serve.ts');
await serve(process.argv.slice(2), () => {
  // Node writes the cache only at a normal exit; a killed process would not.
  flushCompileCache();
});
