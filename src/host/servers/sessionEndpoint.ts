import type { IncomingMessage, ServerResponse } from 'node:http';
import { guarded, type OnFault } from '../../base/guard.ts';
import { end, fail } from './httpReplies.ts';
import { refusedRequest } from './requestChecks.ts';
import type { WebSession } from './webSession.ts';

const maxBodyBytes = 1024;

export interface SessionEndpoint {
  session: WebSession;
  /** One sentence about a request that was refused. */
  onRefused: (sentence: string) => void;
}

/** `/session`: GET answers 204 when the cookie is valid, else 401; POST trades a launch token for a cookie. */
export function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  url: string,
  options: SessionEndpoint,
  onFault: OnFault,
): void {
  if (request.method === 'GET') {
    response.writeHead(options.session.admits(request.headers.cookie) ? 204 : 401).end();
    return;
  }
  if (request.method !== 'POST') {
    end(response, 405, 'Only GET and POST are answered here.');
    return;
  }
  if (request.headers.origin !== url) {
    options.onRefused(refusedRequest(request, 'a wrong Origin'));
    end(response, 403, 'This page may not open a session.');
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('error', () => response.destroy());
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > maxBodyBytes) request.destroy();
  });
  request.on(
    'end',
    guarded(
      (error) => {
        fail(response);
        onFault(error);
      },
      () => {
        const cookie = options.session.redeem(body);
        if (cookie === null) {
          options.onRefused(refusedRequest(request, 'a launch token that is wrong, used or too old'));
          end(response, 401, 'This link was used or is too old.');
          return;
        }
        response.setHeader('Set-Cookie', cookie);
        response.writeHead(204).end();
      },
    ),
  );
}
