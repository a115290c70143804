import type { ApiClient } from '../../../src/api/rpc/connectApi.ts';
import type { WholeFrame, WireFrame } from '../../../src/api/state/wireFrames.ts';
import type { ShownWireRows } from './wireRows.ts';

/** Lines written per turn of the event loop. */
const linesAtOnce = 1_000;

/** A frame as one line of an export. `hex`: present where the text can't be encoded back to the bytes. */
function wireLine(frame: WireFrame, { text, bytes, cut }: WholeFrame = frame): string {
  return JSON.stringify({
    number: frame.number,
    at: frame.at,
    time: new Date(frame.at).toISOString(),
    channel: frame.channel,
    direction: frame.direction,
    size: frame.size,
    kind: frame.kind,
    note: frame.note,
    history: frame.history,
    signal_id: frame.signalId,
    text,
    ...(bytes === null ? {} : { hex: bytes }),
    ...(cut ? { cut: true } : {}),
  });
}

/** The newest frames of the list as lines, oldest first. */
export function newestLines(rows: ShownWireRows, most: number): string {
  const lines: string[] = [];
  for (let index = Math.min(rows.count, most) - 1; index >= 0; index -= 1) {
    const frame = rows.at(index);
    if (frame !== undefined) lines.push(wireLine(frame));
  }
  return lines.join('\n');
}

/** Every frame of the list as NDJSON, oldest first; long ones in full if the app still keeps them. */
export async function exportLines(rows: ShownWireRows, client: ApiClient | null, bridge: string): Promise<Blob> {
  const frames: WireFrame[] = [];
  for (let index = rows.count - 1; index >= 0; index -= 1) {
    const frame = rows.at(index);
    if (frame !== undefined) frames.push(frame);
  }
  const parts: string[] = [];
  for (const [index, frame] of frames.entries()) {
    parts.push(`${wireLine(frame, frame.cut ? await wholeFrame(frame, client, bridge) : frame)}\n`);
    if (index % linesAtOnce === linesAtOnce - 1) await new Promise((resume) => setTimeout(resume));
  }
  return new Blob(parts, { type: 'application/x-ndjson' });
}

/** As much of a frame as is kept. */
async function wholeFrame(frame: WireFrame, client: ApiClient | null, bridge: string): Promise<WholeFrame> {
  try {
    return (await client?.call('wireFrame', { bridge, number: frame.number })) ?? frame;
  } catch {
    // The app no longer keeps it: the line says that it is cut.
    return frame;
  }
}
