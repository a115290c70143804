import { forbiddenWords, usualHolder } from '../../base/portWords.ts';
import { createServer } from 'node:net';
import type { PortCheck } from '../../api/queries/portCheck.ts';

/** Whether a TCP port can be bound, by binding it for a moment. @param own ports that this app has now */
export async function checkPort(host: string, port: number, own: readonly number[]): Promise<PortCheck> {
  if (own.includes(port)) return { port, state: 'own', reason: null };
  const code = await tryPort(host, port);
  return code === null
    ? { port, state: 'free', reason: null }
    : { port, state: 'taken', reason: whyNot(code, host, port) };
}

function tryPort(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}

function whyNot(code: string, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is in use by another program. Choose another, or stop that program.${usualHolder(port)}`;
    case 'EACCES':
      return `Port ${String(port)} ${forbiddenWords(process.platform, port)} Choose another.`;
    case 'EADDRNOTAVAIL':
      return `${host} is no address of this machine.`;
    default:
      return `Port ${String(port)} can't be used: ${code}.`;
  }
}
