import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { ruleKindWords } from '../../shared/ruleWords.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/textField.tsx';
import { fieldsOf, type RuleField } from './ruleFields.ts';
import { errorKey, type RuleErrors, type RuleTexts } from './ruleForm.ts';

const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** One rule's fields. */
export function RuleCard({
  rule,
  errors,
  onChange,
  onRemove,
}: {
  rule: RuleTexts;
  errors: RuleErrors;
  onChange: (rule: RuleTexts) => void;
  onRemove: () => void;
}): ReactElement {
  const { id, kind, texts } = rule;
  const name = texts['name'] ?? '';
  const whole = errors[errorKey(id, '')];
  return (
    <fieldset className="rounded-[6px] border border-line p-3">
      <legend className="sr-only">{name === '' ? ruleKindWords[kind] : name}</legend>
      <div className="mb-2 flex items-center justify-between gap-2">
        <span className="text-sm font-semibold">{ruleKindWords[kind]}</span>
        <Button aria-label={`Remove the rule ${name}`} onClick={onRemove}>
          <Trash2 className="size-3.5" aria-hidden="true" />
          Remove
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-x-4 gap-y-1">
        {shownFields(rule).map((field) => (
          <RuleInput
            key={field.path}
            field={field}
            value={texts[field.path] ?? ''}
            error={errors[errorKey(id, field.path)]}
            onChange={(value) => {
              onChange({ ...rule, texts: { ...texts, [field.path]: value } });
            }}
          />
        ))}
      </div>
      {whole !== undefined && (
        <p role="alert" className="pt-1 text-xs text-down">
          {whole}
        </p>
      )}
    </fieldset>
  );
}

/** Fields that change something with what is chosen in the others. */
function shownFields({ kind, texts }: RuleTexts): RuleField[] {
  const { action = '', trailing, lock } = texts;
  const hasDay = trailing === 'day_balance' || (action === 'close_all' && lock === 'day');
  return fieldsOf(kind, action).filter(({ path }) => {
    if (kind !== 'total_loss') return true;
    return path === 'stopsAtInitial' ? trailing !== 'static' : hasDay || !path.startsWith('day.');
  });
}

function RuleInput({
  field: { kind, label, choices = [], suffix },
  value,
  error,
  onChange,
}: {
  field: RuleField;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}): ReactElement {
  switch (kind) {
    case 'choice':
      return (
        <Choice
          label={label}
          values={choices.map(([stored]) => stored)}
          names={Object.fromEntries(choices)}
          value={value}
          onChange={(chosen) => {
            onChange(chosen ?? value);
          }}
        />
      );
    case 'switch':
      return (
        <div className="col-span-2">
          <Checkbox
            label={label}
            checked={value === 'true'}
            onChange={(on) => {
              onChange(String(on));
            }}
          />
        </div>
      );
    case 'number':
    case 'text':
    case 'zone':
      return (
        <TextField
          label={label}
          note="as needed"
          decimal={kind === 'number'}
          suffix={suffix}
          suggestions={kind === 'zone' ? zones : []}
          value={value}
          error={error}
          onChange={onChange}
        />
      );
  }
}
