/** Programs that take a port of the usual ones without being asked. */
const usualHolders: Readonly<Record<number, string>> = { 5555: "Android's adb takes this port, too." };

/** A known holder of a port that is taken, as a sentence with a blank before it; empty: none is known. */
export function usualHolder(port: number): string {
  const known = usualHolders[port];
  return known === undefined ? '' : ` ${known}`;
}

/**
 * Why a port is forbidden, as the end of a sentence and a next one.
 * @param platform of Node.js
 */
export function forbiddenWords(platform: string, port: number): string {
  if (platform === 'win32')
    return 'is reserved by Windows, or a program holds it alone. "netsh interface ipv4 show excludedportrange protocol=tcp" lists what Windows has reserved.';
  return port < 1024
    ? 'may not be used by this account: ports below 1024 are for the system.'
    : 'may not be used by this account.';
}
