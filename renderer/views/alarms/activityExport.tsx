import { useState, type ReactElement } from 'react';
import type { CallArguments } from '../../../src/api/contract.ts';
import { appStore } from '../../store/appStore.ts';
import { unwaited } from '../../store/unwaited.ts';
import { CsvButton } from '../../ui/csvButton.tsx';
import { saveCsv } from '../../ui/saveFile.ts';
import { activityCsv } from './activityWords.ts';

/** Saves the activity of the chosen days as a file. */
export function ActivityExport({
  query,
  today,
}: {
  query: Pick<CallArguments<'activity'>, 'bridge' | 'from' | 'to'>;
  today: string;
}): ReactElement {
  const [busy, setBusy] = useState(false);
  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      const text = await activityCsv((before, limit) => {
        const { client } = appStore.getState();
        if (client === null) return Promise.reject(new Error('The app is not connected. Wait until it is back.'));
        return client.call('activity', { ...query, before, limit });
      });
      saveCsv(`activity-${query.bridge}-${today}.csv`, [text]);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      appStore.setState({ banner: { title: 'The activity was not exported.', text } });
    } finally {
      setBusy(false);
    }
  };
  return (
    <CsvButton
      title="The activity of these days, as a CSV file"
      disabled={busy}
      onClick={() => {
        unwaited(write());
      }}
    />
  );
}
