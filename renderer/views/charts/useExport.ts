import { useEffect, useRef, useState } from 'react';
import { appStore } from '../../store/appStore.ts';
import type { Span } from '../../store/chartView.ts';
import { saveCsv } from '../../ui/saveFile.ts';
import { csvOfSpan, exportName } from './exportSpan.ts';
import { unwaited } from '../../store/unwaited.ts';

/** Exports the span on screen, or stops the export that runs. */
export function useExport(bridge: string): { done: number | null; toggle: (span: Span) => void } {
  const [done, setDone] = useState<number | null>(null);
  const running = useRef<{ stopped: boolean } | null>(null);
  useEffect(
    () => () => {
      if (running.current !== null) running.current.stopped = true;
      running.current = null;
    },
    [bridge],
  );
  const run = async (span: Span): Promise<void> => {
    const { client } = appStore.getState();
    if (client === null) return;
    const own = { stopped: false };
    running.current = own;
    setDone(0);
    try {
      const parts = await csvOfSpan(client, bridge, span, (part) => {
        if (!own.stopped) setDone(part);
        return !own.stopped;
      });
      if (parts !== null) saveCsv(exportName(bridge, span), parts);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      appStore.setState({ banner: { title: 'The span was not exported.', text } });
    } finally {
      if (running.current === own) running.current = null;
      setDone(null);
    }
  };
  return {
    done,
    toggle: (span) => {
      if (running.current === null) unwaited(run(span));
      else running.current.stopped = true;
    },
  };
}
