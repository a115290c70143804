/**
 * The first bytes of a frame, or all of them, in memory of their own: a part of a frame from a socket holds on to all of it,
 * and Buffer's own `slice` makes no copy.
 */
export function copyOf(frame: Uint8Array, most = frame.length): Uint8Array {
  return new Uint8Array(frame.subarray(0, most));
}
