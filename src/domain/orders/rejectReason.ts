const longest = 120;

/**
 * Normalises a broker's or an EA's message, so that one reason has one text: tickets, prices and counts become `#`. Error
 * codes stay: up to five digits in brackets, after a word such as "error" or "code", or before the desk's explanation.
 * @param codes numbers that the message names as codes in another way, which stay too
 */
export function rejectReason(text: string, codes: readonly number[] = []): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const kept = plain.replace(
    /(\((?:[a-z ]*\s)?|\b(?:error|code|retcode|err)[ :=#]*)(\d{1,5})(?![\d.,]*\d)|(\d{4,5}(?= means\b| is what MT5))|-?\d+(?:[.,:]\d+)*/gi,
    (number: string, ...[before, code, explained]: (string | undefined)[]) => {
      if (code !== undefined) return `${before ?? ''}${code}`;
      return explained !== undefined || codes.includes(Number(number)) ? number : '#';
    },
  );
  return kept.length === 0 ? 'No reason given' : kept.slice(0, longest);
}
