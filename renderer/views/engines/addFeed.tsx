import { useState, type ReactElement } from 'react';
import { defaultFeedSettings } from '../../../src/api/state/engines.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useAppState } from '../../store/hooks.ts';
import { FormSheet } from '../../ui/formSheet.tsx';
import { TextField } from '../../ui/textField.tsx';
import { Choice } from '../../ui/choice.tsx';
import { feedFormOf, readFeed, type FeedTextKey } from './feedForm.ts';
import { unwaited } from '../../store/unwaited.ts';

const close = (): void => {
  appStore.setState({ openEngine: null });
};

/** Asks for a feed's endpoint and the handling of its signals. */
export function AddFeed(): ReactElement {
  const taken = useAppState(({ feeds }) => feeds.map(({ name }) => name).join('\n')) ?? '';
  const bridges = useAppState((app) => app.bridges) ?? [];
  const [form, setForm] = useState(() => feedFormOf(defaultFeedSettings));
  const { busy, failure, run } = useCall();
  const read = readFeed(form, taken.split('\n'));
  const unnamed = form.texts.name === '';
  const errors = 'errors' in read ? read.errors : {};
  const wrong = Object.keys(errors).filter((key) => key !== 'name' || !unnamed).length;
  const add = async (): Promise<void> => {
    if (!('errors' in read) && (await run('addFeed', read.settings))) close();
  };
  const field = (key: FeedTextKey, label: string, hint: string, suffix?: string): ReactElement => (
    <TextField
      label={label}
      value={form.texts[key]}
      error={key === 'name' && unnamed ? undefined : errors[key]}
      hint={{ text: hint, warning: false }}
      note="at least a line"
      decimal={key === 'maxAgeS' || key === 'riskPercent' || key === 'maxLot'}
      suffix={suffix}
      onChange={(typed) => {
        setForm({ ...form, texts: { ...form.texts, [key]: key === 'name' ? typed.trim() : typed } });
      }}
    />
  );
  return (
    <FormSheet
      title="Add feed"
      word="Add feed"
      failure={failure}
      wrong={wrong}
      dirty={!unnamed}
      disabled={wrong > 0 || unnamed || busy}
      note={
        <span className="text-muted">{unnamed ? 'Give it a name.' : 'Its signals wait for a person, always.'}</span>
      }
      onSubmit={() => {
        unwaited(add());
      }}
      onClose={close}
    >
      <p className="text-sm text-muted">
        A feed is a program that publishes its signals on a PUB socket. It proves nobody’s identity, so none of them is
        fired before a person has looked at it.
      </p>
      <div className="grid grid-cols-2 gap-x-4 gap-y-2">
        {field('name', 'Name', 'It stands at each of its orders.')}
        {field('endpoint', 'Address', 'Where it publishes. The desk connects there.')}
        {field('topics', 'Topics', 'What its messages begin with; empty: all of them.')}
        <Choice
          label="Bridge"
          unset={bridges.length > 1 ? 'A person says which' : 'The only one'}
          values={bridges.map(({ id }) => id)}
          names={Object.fromEntries(bridges.map(({ id, name }) => [id, name]))}
          value={form.bridge}
          onChange={(bridge) => {
            setForm({ ...form, bridge });
          }}
        />
        {field('maxAgeS', 'A signal expires after', 'From the time when it was made.', 's')}
        {field(
          'riskPercent',
          'Risk of a signal without lots',
          'Its lots are chosen so that the stop loss costs this share of the equity. Empty: every signal must say its lots.',
          '%',
        )}
        {field(
          'maxLot',
          'Largest lot',
          'A signal with more lots is refused. Empty: the largest lots of the bridge count.',
          'lots',
        )}
      </div>
    </FormSheet>
  );
}
