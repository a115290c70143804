import { UserRoundX } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirmDialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';

interface Names {
  bridge: string;
  known: string;
  now: string;
}

/** Asks a person about an EA that is on another account than before. */
export function AccountChanged({ bridge, known, now }: Names): ReactElement {
  /** The account of the open dialog, which closes when the EA changes the account again. */
  const [asking, setAsking] = useState<string | null>(null);
  return (
    <>
      <Notice
        icon={<UserRoundX className="size-5 shrink-0 text-down" aria-hidden="true" />}
        action={
          <Button
            onClick={() => {
              setAsking(now);
            }}
          >
            Accept account
          </Button>
        }
      >
        <strong>
          The EA is now on account {now}; before, it was on {known}.
        </strong>{' '}
        The bridge is disarmed, and nothing is bought or sold until you accept the account or the EA is back on the one
        before.
      </Notice>
      {asking === now && (
        <AcceptDialog
          bridge={bridge}
          known={known}
          now={now}
          onDone={() => {
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

function AcceptDialog({ bridge, known, now, onDone }: Names & { onDone: () => void }): ReactElement {
  const { failure, run } = useCall();
  return (
    <ConfirmDialog
      title="Accept account"
      word="Accept"
      failure={failure}
      onConfirm={async () => {
        const done = await run('acceptAccount', { bridge, account: now });
        if (done) onDone();
        return done;
      }}
      onCancel={onDone}
    >
      <Facts>
        <Fact name="Before">{known}</Fact>
        <Fact name="Now">{now}</Fact>
      </Facts>
      <p className="text-sm">
        Orders of this bridge go to account {now} from now on, and its limits count from its own figures. The bridge
        stays disarmed until you arm it.
      </p>
    </ConfirmDialog>
  );
}
