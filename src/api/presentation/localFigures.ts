/** Figures for reading, in the usual form of a locale, with Latin digits. What is typed, sent or exported has a point. */
export interface LocalFigures {
  /** Grouped thousands, fixed decimals, a true minus sign. */
  formatNumber: (value: number, decimals: number) => string;
  /** Fixed decimals without grouping. */
  formatPrice: (price: number, digits: number) => string;
  /** A number unchanged, where its digits aren't known. */
  formatPlain: (value: number) => string;
  /** Two decimals, or more where the lots have more. */
  formatLots: (lots: number) => string;
  /** A count for little room: in full below 100,000, then as 123K or 1.23M. */
  formatCount: (count: number) => string;
}

/** @param locale BCP 47 tag; undefined: the system's */
export function figuresIn(locale: string | undefined): LocalFigures {
  /** By decimals and grouping: making a format takes longer than using it, and lists format thousands a second. */
  const formats = new Map<string, Intl.NumberFormat>();
  const formatOf = (decimals: number, useGrouping: boolean): Intl.NumberFormat => {
    const key = `${String(decimals)} ${String(useGrouping)}`;
    const known = formats.get(key);
    if (known !== undefined) return known;
    const made = new Intl.NumberFormat(locale, {
      numberingSystem: 'latn',
      useGrouping,
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(key, made);
    return made;
  };
  const signed = (value: number, format: Intl.NumberFormat): string => {
    const text = format.format(Math.abs(value));
    return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
  };
  const point = formatOf(1, false)
    .formatToParts(0.5)
    .find(({ type }) => type === 'decimal')?.value;
  const compact = new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  const formatNumber = (value: number, decimals: number): string => signed(value, formatOf(decimals, true));
  const formatPrice = (price: number, digits: number): string => signed(price, formatOf(digits, false));
  const formatPlain = (value: number): string =>
    String(value)
      .replace(/-/g, '−')
      .replace('.', point ?? '.');
  return {
    formatNumber,
    formatPrice,
    formatPlain,
    formatLots: (lots) =>
      Math.abs(Math.round(lots * 100) / 100 - lots) < 1e-9 ? formatPrice(lots, 2) : formatPlain(lots),
    formatCount: (count) => (count < 100_000 ? formatNumber(count, 0) : compact.format(count)),
  };
}

const mostDecimals = 8;

/** Decimals of a price: those of its symbol's point, or the most among it and its neighbours. Null: unknown. */
export function decimalsOf(
  price: number,
  beside: { bid: number; ask: number; point?: number | null } | null,
): number | null {
  const prices = beside === null ? [price] : [price, beside.bid, beside.ask];
  const written = Math.max(...prices.map((each) => String(each).split('.')[1]?.length ?? 0));
  const ofPoint = beside?.point === null || beside?.point === undefined ? 0 : Math.round(-Math.log10(beside.point));
  const decimals = Math.max(written, ofPoint, 0);
  // More decimals than any broker quotes are errors of arithmetic.
  return decimals > mostDecimals || String(price).includes('e') ? null : decimals;
}
