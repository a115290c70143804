import { Reply, type Context } from 'zeromq';
import type { AdmissionAnswer } from './admission.ts';
import { eachMessage } from './eachMessage.ts';

/** The endpoint that libzmq asks, fixed by RFC 27/ZAP. */
const endpoint = 'inproc://zeromq.zap.01';

// 300 is "try again": the peer's libzmq knocks again by itself. 400 is a refusal.
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
 * Answers libzmq's question about every peer of the context's sockets that have a `zapDomain` (S3, S9). Must be
 * bound before those sockets.
 */
export async function openZapHandler(
  context: Context,
  decide: (domain: string, address: string) => AdmissionAnswer,
): Promise<ZapHandler> {
  const socket = new Reply({ context, linger: 0 });
  await socket.bind(endpoint);
  void eachMessage(socket, async ([version, requestId, domain, address]) => {
    const [code, text] = answers[decide(String(domain), String(address))];
    await socket.send([version ?? '', requestId ?? '', code, text, '', '']);
  });
  return {
    close: () => {
      socket.close();
    },
  };
}
