import net from 'node:net';

/**
 * A port that is free, outside of the range from which systems take the source ports of connections: one of that range can
 * be taken by any connection meanwhile, and who keeps knocking at it can end up connected to itself, and hold it.
 */
export async function freePort(): Promise<number> {
  const port = 15_000 + Math.floor(Math.random() * 15_000);
  return (await canListen(port)) ? port : freePort();
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
