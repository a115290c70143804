import { useEffect, useState } from 'react';
import { type PortAnswer, type PortTrouble, portTroubleSchema } from '../../src/api/queries/portTrouble.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';

/** The trouble that the app tells, and the way to answer. `busy`: answered, and the app has not said more. */
export function usePortTrouble(transport: Transport): {
  trouble: PortTrouble | null;
  busy: boolean;
  answer: (answer: PortAnswer) => void;
} {
  const [trouble, setTrouble] = useState<PortTrouble | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const undo = transport.onMessage((message) => {
      setTrouble(portTroubleSchema.parse(message));
      setBusy(false);
    });
    const look: PortAnswer = { do: 'look' };
    transport.post(look);
    return undo;
  }, [transport]);
  return {
    trouble,
    busy,
    answer: (given) => {
      setBusy(true);
      transport.post(given);
    },
  };
}
