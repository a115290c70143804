import { ToggleGroup } from 'radix-ui';
import { memo, useCallback, useEffect, useRef, type ReactElement } from 'react';

interface ChoiceGroupProps<Value extends string> {
  label: string;
  values: readonly Value[];
  names: Record<Value, string>;
  /** Null: none of them. */
  value: Value | null;
  onChange: (value: Value) => void;
}

/** A group of a few short words, all visible. It is drawn again only when its words or the chosen one change. */
export function ChoiceGroup<Value extends string>({ onChange, ...shown }: ChoiceGroupProps<Value>): ReactElement {
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const steady = useCallback((value: Value) => {
    latest.current(value);
  }, []);
  return <Choices {...shown} onChange={steady} />;
}

const Choices = memo(DrawnChoices) as typeof DrawnChoices;

function DrawnChoices<Value extends string>({
  label,
  values,
  names,
  value,
  onChange,
}: ChoiceGroupProps<Value>): ReactElement {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value ?? ''}
      onValueChange={(typed) => {
        const chosen = values.find((each) => each === typed);
        if (chosen !== undefined) onChange(chosen);
      }}
      className="flex gap-0.5"
    >
      {values.map((each) => (
        <ToggleGroup.Item
          key={each}
          value={each}
          className="h-6 rounded-[4px] px-[5px] text-xs text-muted hover:text-text data-[state=on]:bg-raised data-[state=on]:font-semibold data-[state=on]:text-text"
        >
          {names[each]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
