import { UserRoundSearch } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { inputClass } from '../../ui/field.tsx';
import { unwaited } from '../../store/unwaited.ts';

/** Wait before a person is asked, ms: EAs that name their account do so at once. */
const patienceMs = 5_000;

/** Asks a person to name the account of an EA that doesn't. */
export function AccountUnnamed({ bridge }: { bridge: string }): ReactElement | null {
  const [waited, setWaited] = useState(false);
  const [name, setName] = useState('');
  const { busy, failure, run } = useCall();
  useEffect(() => {
    const timer = setTimeout(() => {
      setWaited(true);
    }, patienceMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!waited) return null;
  return (
    <form
      aria-label="Name the account"
      className="flex shrink-0 items-center gap-3 rounded-[6px] border border-strong-line bg-raised px-3 py-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        unwaited(run('nameAccount', { bridge, name: name.trim() }));
      }}
    >
      <UserRoundSearch className="size-5 shrink-0 text-quiet" aria-hidden="true" />
      <p className="min-w-0 flex-1">
        <strong>The EA has not named its account.</strong>{' '}
        {failure ?? 'Look in MT5 which account it trades, and name it. The name holds until the EA connects anew.'}
      </p>
      <input
        aria-label="Account name"
        placeholder="Account name"
        maxLength={80}
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
        className={`${inputClass} w-40! shrink-0 bg-panel! text-sm`}
      />
      <Button type="submit" disabled={busy || name.trim() === ''}>
        Name account
      </Button>
    </form>
  );
}
