import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { z } from 'zod';
import { proofOf, sameProof } from '../folder/instanceKey.ts';
import { parseMessage } from './parseMessage.ts';

// Handshake on the control socket, one JSON object a line:
//   client  {"nonce": …}
//   server  {"nonce": …, "proof": …}
//   client  {"proof": …}
// A server without the key learns nothing of use; a client without it is refused.

/** Time limit for the other side's proof, in ms. */
const withinMs = 5_000;
/** Longest line of the handshake, in bytes. */
const mostBytes = 512;

const text = z.string().min(1).max(100);
const hello = z.object({ nonce: text });
const answer = z.object({ nonce: text, proof: text });
const proof = z.object({ proof: text });

const newNonce = (): string => randomBytes(24).toString('base64url');

function say(socket: Socket, message: unknown): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

/** @returns whether the client has the key; it has been shown that this side has it too */
export async function proveToClient(socket: Socket, key: string): Promise<boolean> {
  const first = hello.safeParse(await readLine(socket));
  if (!first.success) return false;
  const nonces = [first.data.nonce, newNonce()] as const;
  say(socket, { nonce: nonces[1], proof: proofOf(key, 'server', nonces) });
  const second = proof.safeParse(await readLine(socket));
  return second.success && sameProof(second.data.proof, proofOf(key, 'client', nonces));
}

/** @returns whether the server has the key; only then has it been shown that this side has it too */
export async function proveToServer(socket: Socket, key: string): Promise<boolean> {
  const mine = newNonce();
  say(socket, { nonce: mine });
  const read = answer.safeParse(await readLine(socket));
  if (!read.success) return false;
  const nonces = [mine, read.data.nonce] as const;
  if (!sameProof(read.data.proof, proofOf(key, 'server', nonces))) return false;
  say(socket, { proof: proofOf(key, 'client', nonces) });
  return true;
}

/** The next line as JSON; null when it doesn't come in time, or is too long. What follows it stays in the paused socket. */
function readLine(socket: Socket): Promise<unknown> {
  return new Promise((resolve) => {
    let buffered = Buffer.alloc(0);
    const finish = (line: unknown): void => {
      clearTimeout(timer);
      socket.off('data', take).off('close', fail).off('error', fail);
      socket.pause();
      resolve(line);
    };
    const fail = (): void => {
      finish(null);
    };
    const take = (chunk: Buffer): void => {
      buffered = Buffer.concat([buffered, chunk]);
      const end = buffered.indexOf('\n');
      if (end > mostBytes || (end < 0 && buffered.length > mostBytes)) fail();
      if (end < 0 || end > mostBytes) return;
      finish(parseMessage(buffered.toString('utf8', 0, end)));
      if (end + 1 < buffered.length) socket.unshift(buffered.subarray(end + 1));
    };
    const timer = setTimeout(fail, withinMs).unref();
    socket.on('data', take).on('close', fail).on('error', fail);
    socket.resume();
  });
}
