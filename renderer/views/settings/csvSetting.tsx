import { useState, type ReactElement } from 'react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { marksCsv, switchCsvMark } from '../../ui/saveFile.ts';

/** Whether the CSV files of this browser begin with a byte order mark. */
export function CsvSetting(): ReactElement {
  const [marked, setMarked] = useState(marksCsv);
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">CSV files</legend>
      <Checkbox
        label="Mark exported files for Excel"
        checked={marked}
        onChange={(on) => {
          switchCsvMark(on);
          setMarked(on);
        }}
      />
      <p className="text-xs text-muted">
        Excel needs the mark (a byte-order mark) to read letters such as é or Я. Some other programs stumble over it.
      </p>
    </fieldset>
  );
}
