import { serve } from '../../src/host/serve.ts';

// `npm run serve` without its look whether the renderer is built: nobody looks at the dashboard here.

await serve(process.argv.slice(2));
