import { Download, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { appStore } from '../../store/appStore.ts';
import type { ListQuery } from './listQuery.ts';
import { saveCsv } from '../../ui/saveFile.ts';
import { ordersCsv } from './orderCsv.ts';
import { askOrders } from './useOrderList.ts';
import { unwaited } from '../../store/unwaited.ts';

/** Exports the filtered orders to a file; pressed again meanwhile it cancels. */
export function ExportButton({ query, today }: { query: ListQuery; today: string }): ReactElement {
  const [done, setDone] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [],
  );
  const write = async (): Promise<void> => {
    const control = new AbortController();
    running.current = control;
    setDone(0);
    try {
      const file = await ordersCsv(query, askOrders, setDone, control.signal);
      if (file !== null) saveCsv(`orders-${query.bridge}-${today}.csv`, [file]);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (!control.signal.aborted) appStore.setState({ banner: { title: 'The orders were not exported.', text } });
    } finally {
      setDone(null);
    }
  };
  const Icon = done === null ? Download : X;
  return (
    <button
      type="button"
      title={done === null ? 'The orders that are found, as a CSV file' : 'Give the export up'}
      aria-label={done === null ? 'Export CSV' : `${percent(done)}, cancel the export`}
      onClick={() => {
        if (done === null) unwaited(write());
        else running.current?.abort();
      }}
      className="figures inline-flex h-7 min-w-18 shrink-0 items-center justify-center gap-1 rounded-[6px] border border-line bg-raised px-2 text-xs whitespace-nowrap hover:border-strong-line"
    >
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      {done === null ? 'CSV' : percent(done)}
    </button>
  );
}

function percent(done: number): string {
  return `${String(Math.floor(done * 100))} %`;
}
