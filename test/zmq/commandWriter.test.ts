import { describe, expect, it } from 'vitest';
import { commandWriter, type Sender } from '../../src/zmq/commandWriter.ts';

/** A PUSH socket whose room is set by the test; a send into a full pipe fails with EAGAIN, as libzmq's does. */
function pipe(room: number): Sender & { room: number; sent: string[]; busy: boolean } {
  return {
    room,
    sent: [],
    busy: false,
    get writable() {
      return this.room > 0;
    },
    async send(frame) {
      if (this.busy) throw new Error('EBUSY: a second writer (S6)');
      this.busy = true;
      await Promise.resolve();
      this.busy = false;
      if (this.room === 0) throw new Error('EAGAIN');
      this.room -= 1;
      this.sent.push(String(frame));
    },
  };
}

describe('the writer of a command socket', () => {
  it('sends nothing, and at once says so, while there is no peer (S2)', async () => {
    const socket = pipe(1);
    expect(
      await commandWriter(
        socket,
        () => true,
        () => null,
      )('a'),
    ).toBe(false);
    expect(socket.sent).toEqual([]);
  });

  it('keeps the order of what is written at once, one send at a time (S6)', async () => {
    const socket = pipe(3);
    const write = commandWriter(
      socket,
      () => true,
      () => 1,
    );
    expect(await Promise.all([write('a'), write('b'), write('c')])).toEqual([true, true, true]);
    expect(socket.sent).toEqual(['a', 'b', 'c']);
  });

  it('waits for room in the pipe of a connected peer', async () => {
    const socket = pipe(0);
    const written = commandWriter(
      socket,
      () => true,
      () => 1,
    )('a');
    setImmediate(() => (socket.room = 1));
    expect(await written).toBe(true);
  });

  it('gives up after 100 ms without room, and the next frame has its own chance', async () => {
    const socket = pipe(0);
    const write = commandWriter(
      socket,
      () => true,
      () => 1,
    );
    expect(await write('a')).toBe(false);
    socket.room = 1;
    expect(await write('b')).toBe(true);
    expect(socket.sent).toEqual(['b']);
  });

  it('never gives a frame that waited to a peer that came after it (S2)', async () => {
    const socket = pipe(0);
    let connection: number | null = 1;
    const written = commandWriter(
      socket,
      () => true,
      () => connection,
    )('a');
    setImmediate(() => {
      connection = 2;
      socket.room = 1;
    });
    expect(await written).toBe(false);
    expect(socket.sent).toEqual([]);
  });
});
