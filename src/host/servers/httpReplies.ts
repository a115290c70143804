import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Ends a response with one line of text. */
export function end(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`);
}

/** Answers 500 for a bug behind the request; destroys a response that has begun. */
export function fail(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else end(response, 500, 'This request could not be answered because of a bug; the log says why.');
}

/** Refuses an upgrade: one HTTP status line, then the connection is closed. @param status code and phrase */
export function hangUp(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
