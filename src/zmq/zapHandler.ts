import { Router, type Context } from 'zeromq';
import { attempt, type OnFault } from '../base/guard.ts';
import type { AdmissionAnswer } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

/** The endpoint that libzmq asks, fixed by RFC 27/ZAP. */
const endpoint = 'inproc://zeromq.zap.01';

// 300 is "try again": the peer's libzmq connects again by itself. 400 is a refusal.
const answers: Record<AdmissionAnswer, [code: string, text: string]> = {
  admit: ['200', 'OK'],
  wait: ['300', 'Another peer shakes hands'],
  second: ['300', 'Another peer is connected'],
  not_allowed: ['400', 'Address not allowed'],
};

export interface ZapHandler {
  close: () => void;
}

/**
 * Answers libzmq's question about every peer of the context's sockets that have a `zapDomain` (S3, S9). Must be bound
 * before those sockets. A ROUTER, so that a delayed answer holds up no other peer.
 */
export async function openZapHandler(
  context: Context,
  decide: (domain: string, address: string) => AdmissionAnswer | Promise<AdmissionAnswer>,
  onFault: OnFault,
): Promise<ZapHandler> {
  const socket = new Router({ context, linger: 0 });
  await socket.bind(endpoint);
  /** S6: one answer at a time. */
  let last: Promise<void> = Promise.resolve();
  const answer = async (question: Buffer[]): Promise<void> => {
    const [from = '', delimiter = '', version = '', requestId = '', domain, address] = question;
    const [code, text] = answers[await decideOrWait(String(domain), String(address))];
    last = last
      .then(async () => {
        if (!socket.closed) await socket.send([from, delimiter, version, requestId, code, text, '', '']);
      })
      .catch(onFault);
    await last;
  };
  /**
   * A bug must not leave a question without an answer, which would keep the peer out for good: it is answered with
   * 300, and the peer reconnects.
   */
  const decideOrWait = async (domain: string, address: string): Promise<AdmissionAnswer> => {
    try {
      return await decide(domain, address);
    } catch (error) {
      onFault(error);
      return 'wait';
    }
  };
  const listen = (): Promise<void> =>
    eachMessage(
      socket,
      (question: Buffer[]) => {
        attempt(onFault, () => answer(question));
      },
      onFault,
    );
  attempt(onFault, listen);
  return {
    close: () => {
      socket.close();
    },
  };
}
