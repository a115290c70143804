const longest = 120;

/**
 * Normalises a broker's or an EA's message, so that one reason has one text: tickets, prices and counts become `#`. Error
 * codes stay: up to five digits in brackets or after a word such as "error" or "code".
 */
export function rejectReason(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const kept = plain.replace(
    /(\((?:[a-z ]*\s)?|\b(?:error|code|retcode|err)[ :=#]*)(\d{1,5})(?![\d.,]*\d)|-?\d+(?:[.,:]\d+)*/gi,
    (_, before: string | undefined, code: string | undefined) => (code === undefined ? '#' : `${before ?? ''}${code}`),
  );
  return kept.length === 0 ? 'No reason given' : kept.slice(0, longest);
}
