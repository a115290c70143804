import type { ReactElement } from 'react';
import { TextField } from '../../ui/textField.tsx';

const mostCharacters = 500;

export function isNoteTooLong(note: string): boolean {
  return note.trim().length > mostCharacters;
}

/** A note that is journaled with a change of the equity baseline. */
export function NoteField({
  placeholder,
  value,
  onChange,
}: {
  placeholder: string;
  value: string;
  onChange: (text: string) => void;
}): ReactElement {
  return (
    <TextField
      label="Note"
      unit="optional"
      note="as needed"
      placeholder={placeholder}
      value={value}
      error={isNoteTooLong(value) ? `At most ${String(mostCharacters)} characters are kept.` : undefined}
      onChange={onChange}
    />
  );
}
