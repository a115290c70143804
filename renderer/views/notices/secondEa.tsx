import { TriangleAlert } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { useCall } from '../../store/callApp.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { unwaited } from '../../store/unwaited.ts';

/** S3: trading stops until a person has decided which EA belongs here. */
export function SecondEa({ bridge, address }: { bridge: BridgeState; address: string }): ReactElement {
  const { busy, failure, run } = useCall();
  return (
    <Notice
      icon={<TriangleAlert className="size-5 shrink-0 text-down" aria-hidden="true" />}
      action={
        <Button
          disabled={busy}
          onClick={() => {
            unwaited(run('resumeTrading', { bridge: bridge.id }));
          }}
        >
          Resume trading
        </Button>
      }
    >
      <strong>A second EA at {address} tries to connect, so trading is stopped.</strong>{' '}
      {failure ?? 'It got no order. Remove the EA that does not belong here from its chart in MT5, then resume.'}
    </Notice>
  );
}
