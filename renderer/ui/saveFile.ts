import { byteOrderMark } from '../../src/base/csv.ts';
import { store, stored } from '../store/browserStorage.ts';

/** Stored in this browser, because the spreadsheet runs on its machine. */
const key = 'bitten-desk.csv-mark';

export function marksCsv(): boolean {
  return stored(key) === 'on';
}

export function switchCsvMark(on: boolean): void {
  store(key, on ? 'on' : null);
}

/** Saves a CSV file, with a byte-order mark if this browser's setting wants one. */
export function saveCsv(name: string, parts: readonly BlobPart[]): void {
  saveFile(name, new Blob([...(marksCsv() ? [byteOrderMark] : []), ...parts], { type: 'text/csv' }));
}

/** Saves a file by the browser's own dialog. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // After the browser has read it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
