import type { ReactElement, ReactNode } from 'react';
import { TextField } from '../../ui/textField.tsx';
import { specOf, type TextKey } from './settingsFields.ts';
import type { SettingsErrors, SettingsForm } from './settingsForm.ts';

export interface PartProps {
  form: SettingsForm;
  errors: SettingsErrors;
  onChange: (changes: Partial<SettingsForm>) => void;
}

/** A group of settings under its name. */
export function Part({
  id,
  title,
  text,
  children,
}: {
  id?: string;
  title: string;
  text?: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <fieldset id={id} className="min-w-0">
      <legend className="mb-1 text-base font-semibold">{title}</legend>
      {text !== undefined && <p className="mb-2 text-sm text-muted">{text}</p>}
      {children}
    </fieldset>
  );
}

/** One setting's text field, with what it does below it. */
export function Setting({
  of,
  form,
  errors,
  onChange,
  ...looks
}: PartProps & {
  of: TextKey;
  suffix?: string;
  unit?: string;
  /** Instead of what the setting does. */
  hint?: string;
  /** The hint is a warning. */
  warning?: boolean;
  suggestions?: readonly string[];
  aside?: ReactNode;
}): ReactElement {
  const { label, kind, suffix, does, off: words = does } = specOf(of);
  const value = form.texts[of];
  const off = kind === 'limit' && value.trim() === '';
  const hint = off ? words : (looks.hint ?? does);
  return (
    <TextField
      label={label}
      value={value}
      error={errors[of]}
      note="at least a line"
      hint={{ text: hint, warning: !off && looks.warning === true }}
      placeholder={kind === 'limit' ? 'off' : ''}
      decimal={kind !== 'text'}
      suffix={looks.suffix ?? suffix}
      unit={looks.unit}
      aside={looks.aside}
      suggestions={looks.suggestions ?? []}
      onChange={(typed) => {
        onChange({ texts: { ...form.texts, [of]: of === 'currency' ? typed.toUpperCase() : typed } });
      }}
    />
  );
}
