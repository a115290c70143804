import { serve } from '../../src/host/serve.ts';

// The served app, into which a test puts bugs by a word on stdin: `throw` from a listener, `reject` as a promise that nobody
// waits for.

process.stdin.setEncoding('utf8').on('data', (word: string) => {
  if (word.startsWith('reject')) void Promise.reject(new Error('a test rejects'));
  else throw new Error('a test throws');
});
await serve(process.argv.slice(2));
