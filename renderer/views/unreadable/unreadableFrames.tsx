import type { ReactElement } from 'react';
import type { BridgeState, UnreadableFrame } from '../../../src/api/state/state.ts';
import { fromHex } from '../../../src/base/hex.ts';
import { decodeTerminalText } from '../../../src/protocol/ea/terminalText.ts';
import { visible } from '../../../src/base/visibleText.ts';
import { formatNumber } from '../../format.ts';
import { Time } from '../../shared/time.tsx';
import { useAppState } from '../../store/hooks.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { DataTable } from '../../ui/dataTable.tsx';
import type { Column } from '../../ui/tableParts.tsx';

/** Frames that could not be read, with the reason and their bytes (W13). */
export function UnreadableFrames({ bridge }: { bridge: BridgeState }): ReactElement {
  const all = useAppState(({ unreadable }) => unreadable) ?? [];
  return (
    <DataTable
      name="Unreadable frames"
      columns={columns}
      rows={all.filter((frame) => frame.bridge === bridge.id)}
      rowKey={({ number }) => number}
      empty="Every frame so far could be read."
    />
  );
}

const columns: Column<UnreadableFrame>[] = [
  { header: 'Time', width: 6.4, cell: ({ at, bridge }) => <Time at={at} bridge={bridge} /> },
  { header: 'No.', width: 5.5, right: true, cell: ({ number }) => formatNumber(number, 0) },
  { header: 'Channel', width: 7, cell: ({ channel }) => channel },
  { header: 'Bytes', width: 7, right: true, cell: ({ size }) => formatNumber(size, 0) },
  { header: 'Reason', width: 30, cell: ({ reason }) => <span title={reason}>{reason}</span> },
  { header: 'Content', width: null, cell: (frame) => <Content frame={frame} /> },
  {
    header: 'Copy',
    width: 4.2,
    cell: ({ bytes }) => <CopyButton text={bytes} label="Copy the bytes in hexadecimal" />,
  },
];

/** Text where it is readable, else hexadecimal. */
function Content({ frame }: { frame: UnreadableFrame }): ReactElement {
  const codePage = useAppState(({ bridges }) => bridges.find(({ id }) => id === frame.bridge)?.codePage) ?? undefined;
  const text = decodeTerminalText(fromHex(frame.bytes), codePage);
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const binary = /[\x00-\x08\x0e-\x1f\ufffd]/.test(text);
  const shown = binary ? (frame.bytes.match(/../g) ?? []).join(' ') : visible(text);
  return (
    <span className="font-mono" title={shown}>
      {shown === '' ? <span className="text-muted">nothing</span> : shown}
    </span>
  );
}
