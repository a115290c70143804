import type { ConnectionReport, ProofLayerName, ProofState } from '../state/connectionReport.ts';

export const layerNames: Record<ProofLayerName, string> = {
  ports: 'Ports bound',
  reached: 'An EA reached us',
  zeromq: 'It speaks ZeroMQ',
  telemetry: 'Telemetry arrives',
  ping: 'Ping answered',
  account: 'EA and account',
  trading: 'Trading allowed',
  order: 'Order there and back',
};

export const stateWords: Record<ProofState, string> = {
  ok: 'ok',
  failed: 'failed',
  waiting: 'waiting',
  not_reported: 'not reported',
  skipped: 'not checked',
};

export const verdictWords: Record<ConnectionReport['verdict'], string> = {
  ok: 'The connection works.',
  failed: 'The connection does not work yet.',
  waiting: 'Not decided yet.',
};

/** A report as text, for a terminal and to be pasted into a message. */
export function proofText(report: ConnectionReport): string {
  const { bridge, at, verdict, layers, lines } = report;
  return [
    `Connection check of bridge ${bridge}, ${new Date(at).toISOString()}: ${verdictWords[verdict]}`,
    ...layers.flatMap(({ name, state, text, causes, fix }) => [
      `${stateWords[state].padEnd(12)}  ${layerNames[name]}: ${text}`,
      ...causes.map((cause) => `${' '.repeat(14)}Perhaps: ${cause}`),
      ...(fix === null ? [] : [`${' '.repeat(14)}Do: ${fix}`]),
    ]),
    'What must stand in the EA:',
    ...lines.map(({ channel, define, endpoint }) => `  ${eaLine(define, endpoint) ?? `${channel}: ${endpoint}`}`),
    reachText(report),
  ].join('\n');
}

/** A line of v7's source; null where v7 has none. */
function eaLine(define: string | null, endpoint: string): string | null {
  return define === null ? null : `#define ${define} "${endpoint}"`;
}

/** Which machines reach the ports, and the addresses for an EA on another machine. */
export function reachText({ addresses, openTo }: Pick<ConnectionReport, 'addresses' | 'openTo'>): string {
  const known = addresses.map(({ address, network }) => `${address} (${network})`).join(', ');
  if (openTo === null) {
    const start =
      'For an EA on another machine, set “Address of this computer” and “Computers that may connect” (gear, Bridge settings)';
    return `These ports are open to this machine alone. ${start}${known === '' ? '.' : `; this machine is ${known}.`}`;
  }
  const any = openTo === '0.0.0.0' || openTo === '[::]';
  return any
    ? `The ports are open to the allowed addresses on every network of this machine: an EA elsewhere writes one of ${known} in place of ${openTo}.`
    : `The ports are open to the allowed addresses on ${openTo}.`;
}
