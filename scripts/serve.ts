import { ensureBuild } from './ensureBuild.ts';

await ensureBuild();
const { serve } = await import('../src/host/serve.ts');
await serve(process.argv.slice(2));
