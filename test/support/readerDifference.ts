import { isDeepStrictEqual } from 'node:util';
import type { FramePart } from '../../src/protocol/ea/framePart.ts';
import { readEaText } from '../../src/protocol/ea/eaFrame.ts';
import { readPlainFrame } from '../../src/protocol/ea/plainFrame.ts';
import { decodeTerminalText } from '../../src/protocol/ea/terminalText.ts';

const told = ({ decoded, about, signalId, object }: FramePart): unknown => [
  decoded,
  about,
  signalId,
  object?.word,
  object?.json,
  // JSON knows no -0, and `__proto__` is a key like any other.
  JSON.stringify(object?.value),
];

/** `none`: only the long way reads this frame. `same`: both read the same from it, `-0` and missing fields too. */
export function readerDifference(frame: Uint8Array): 'none' | 'same' | 'differs' {
  const plain = readPlainFrame(frame);
  if (plain === null) return 'none';
  const long = readEaText(decodeTerminalText(frame));
  return long.length === 1 && isDeepStrictEqual(told(plain), told(long[0])) ? 'same' : 'differs';
}
