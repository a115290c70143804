/** The drawn rows of a long list, `first` to before `end`, and the empty space above and below them, in px. */
export interface VirtualRows {
  first: number;
  end: number;
  above: number;
  below: number;
}

export interface Scrolled {
  count: number;
  rowHeight: number;
  /** Height of the visible part and its scroll position, in px. */
  viewport: number;
  scrollTop: number;
}

/** Tallest list in px; browsers draw nothing beyond some 17 to 33 million. */
const tallest = 12_000_000;
/** Extra rows drawn above and below, so that a short scroll shows no empty ones. */
const spare = 8;

/**
 * Rows to draw of a list of any length. A list taller than a browser can draw scrolls in larger steps: the scroll
 * bar's whole way is the list's.
 */
export function virtualRows({ count, rowHeight, viewport, scrollTop }: Scrolled): VirtualRows {
  const total = count * rowHeight;
  const drawn = Math.min(total, tallest);
  const top = rowsTop({ count, rowHeight, viewport, scrollTop });
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((top + viewport) / rowHeight) + spare);
  const above = Math.max(0, Math.min(scrollTop, Math.max(0, drawn - viewport)) - (top - first * rowHeight));
  return { first, end, above, below: Math.max(0, drawn - above - (end - first) * rowHeight) };
}

/** Scroll position within all rows, in px. */
function rowsTop({ count, rowHeight, viewport, scrollTop }: Scrolled): number {
  const total = count * rowHeight;
  const way = Math.max(0, total - viewport);
  const drawnWay = Math.max(0, Math.min(total, tallest) - viewport);
  return drawnWay === 0 ? 0 : Math.min(way, Math.max(0, scrollTop) * (way / drawnWay));
}

/** The `scrollTop` that shows a row; unchanged if it is visible. */
export function scrolledTo(row: number, scrolled: Scrolled): number {
  const { count, rowHeight, viewport } = scrolled;
  const top = rowsTop(scrolled);
  const wanted = Math.min(Math.max(top, (row + 1) * rowHeight - viewport), row * rowHeight);
  const way = Math.max(0, count * rowHeight - viewport);
  const drawnWay = Math.max(0, Math.min(count * rowHeight, tallest) - viewport);
  return wanted === top || way === 0 ? scrolled.scrollTop : wanted * (drawnWay / way);
}
