import { crc32, deflateSync } from 'node:zlib';
import type { TrayLook } from './trayWords.ts';

type Rgb = readonly [number, number, number];

/** Colours that are visible on dark and on light bars. */
const colours: Record<TrayLook, Rgb> = {
  kill: [0xe0, 0x36, 0x30],
  down: [0xe8, 0x4a, 0x4a],
  quiet: [0xe0, 0x98, 0x12],
  connected: [0x19, 0xa9, 0x74],
  live: [0x19, 0xa9, 0x74],
  listening: [0x8a, 0x97, 0xa6],
};

/** Whether a shape covers a point, in half widths of the icon from its centre; y grows downwards. */
const shapes: Record<TrayLook, (x: number, y: number) => boolean> = {
  live: (x, y) => Math.hypot(x, y) < 0.85,
  connected: (x, y) => ring(x, y) || Math.hypot(x, y) < 0.3,
  listening: ring,
  quiet: (x, y) => ring(x, y) || (x > 0 && Math.hypot(x, y) < 0.85),
  down: (x, y) => Math.max(Math.abs(x), Math.abs(y)) < 0.8 && Math.min(Math.abs(x - y), Math.abs(x + y)) < 0.36,
  // An octagon with a bar, like a stop sign.
  kill: (x, y) => octagon(x, y) && !(Math.abs(y) < 0.2 && Math.abs(x) < 0.52),
};

function ring(x: number, y: number): boolean {
  const distance = Math.hypot(x, y);
  return distance > 0.56 && distance < 0.85;
}

function octagon(x: number, y: number): boolean {
  const [wide, high] = [Math.abs(x), Math.abs(y)];
  return Math.max(wide, high) < 0.9 && wide + high < 0.9 * Math.SQRT2;
}

const samples = 4;

/** The tray's icon as a PNG of `size` × `size` pixels, told apart by shape as well as by colour. */
export function trayPicture(look: TrayLook, size: number): Buffer {
  const [red, green, blue] = colours[look];
  // Filter type of each row: none.
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const alpha = Math.round(255 * coverage(look, row, column, size));
      rows.set([red, green, blue, alpha], row * (1 + size * 4) + 1 + column * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits each of red, green, blue and alpha.
  header.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function coverage(look: TrayLook, row: number, column: number, size: number): number {
  const at = (pixel: number, sample: number): number => ((pixel + (sample + 0.5) / samples) / size) * 2 - 1;
  let covered = 0;
  for (let down = 0; down < samples; down += 1) {
    for (let right = 0; right < samples; right += 1) {
      if (shapes[look](at(column, right), at(row, down))) covered += 1;
    }
  }
  return covered / samples ** 2;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
