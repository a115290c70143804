import type { ReactElement } from 'react';
import type { ConnectionReport } from '../../../src/api/state/connectionReport.ts';
import { reachText } from '../../../src/api/presentation/connectionReportText.ts';
import { CopyButton } from '../../ui/copyButton.tsx';
import { Define } from '../../shared/eaLines.tsx';

/** The addresses to set in the EA, also for an EA on another machine. */
export function EaAddresses({ report }: { report: ConnectionReport }): ReactElement {
  const { addresses, lines, openTo } = report;
  return (
    <section aria-label="What must stand in the EA">
      <h3 className="text-sm font-semibold">What must stand in the EA</h3>
      {lines.map(({ channel, define, endpoint }) =>
        define === null ? (
          <p key={channel} className="mt-1 flex items-center gap-2 text-sm">
            The address for {channel}: <code className="font-mono">{endpoint}</code>
            <CopyButton text={endpoint} label={`Copy the address for ${channel}`} />
          </p>
        ) : (
          <Define key={channel} name={define} value={endpoint} />
        ),
      )}
      <p className="mt-2 text-sm text-muted">{reachText({ addresses: [], openTo })}</p>
      {addresses.length > 0 && (
        <ul aria-label="Addresses of this machine" className="mt-1 flex flex-wrap gap-x-4 text-sm">
          {addresses.map(({ network, address }) => (
            <li key={`${network} ${address}`} className="flex items-center gap-1">
              <code className="font-mono">{address}</code>
              <span className="text-xs text-muted">{network}</span>
              <CopyButton text={address} label={`Copy ${address}`} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
