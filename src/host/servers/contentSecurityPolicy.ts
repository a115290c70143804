/**
 * Content-Security-Policy of the dashboard, in the browser and in Electron's window: its own files and nothing else.
 * @param connections further sources for `connect-src`
 */
export function contentSecurityPolicy(...connections: string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...connections].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
