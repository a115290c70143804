import { useRef, useState, type ReactElement } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import { readRulesFile, rulesFile } from '../../../src/api/presentation/rulesFile.ts';
import { type AccountRule, mostRules, type RuleKind } from '../../../src/domain/accountRules/accountRules.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { ruleKindWords } from '../../shared/ruleWords.ts';
import { appStore } from '../../store/appStore.ts';
import { useCall } from '../../store/callApp.ts';
import { useApp, useAppState } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { FormSheet } from '../../ui/formSheet.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { TextField } from '../../ui/textField.tsx';
import { ConfirmLoosening } from '../settings/confirmLoosening.tsx';
import { loosenedLimits } from '../settings/loosenedLimits.ts';
import { RuleCard } from './ruleCard.tsx';
import { newRule } from './ruleFields.ts';
import { readRules, rulesForm, ruleTexts, type RulesForm } from './ruleForm.ts';
import { rulePresets } from './rulePresets.ts';

/** The account rules of a bridge, where they are asked for. */
export function AccountRulesSheet(): ReactElement | null {
  const open = useApp(({ openRules }) => openRules);
  const bridge = useAppState(({ bridges }) => bridges.find(({ id }) => id === open)) ?? null;
  return bridge === null ? null : <Rules key={bridge.id} bridge={bridge} />;
}

const close = (): void => {
  appStore.setState({ openRules: null });
};

const kinds = Object.keys(ruleKindWords) as RuleKind[];
const presets = Object.keys(rulePresets);

/** Changes apply when saved. */
function Rules({ bridge }: { bridge: BridgeState }): ReactElement {
  const [opened] = useState(bridge.limits.accountRules);
  const [form, setForm] = useState<RulesForm>(() => rulesForm(opened));
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const { busy, failure, run } = useCall();
  const read = readRules(form);
  const errors = 'errors' in read ? read.errors : {};
  const wrong = Object.keys(errors).length;
  const accountRules = 'rules' in read ? read.rules : opened;
  const dirty = wrong > 0 || JSON.stringify(accountRules) !== JSON.stringify(opened);
  // Somebody else saved others meanwhile: these would silently go.
  const isOld = JSON.stringify(bridge.limits.accountRules) !== JSON.stringify(opened);
  const limits = { ...bridge.limits, accountRules };
  const loosened = loosenedLimits({ ...bridge.limits, accountRules: opened }, limits);
  const save = async (): Promise<boolean> => {
    const done = !dirty || (await run('updateBridge', { bridge: bridge.id, changes: { limits } }));
    if (done) close();
    return done;
  };
  const add = (rules: readonly AccountRule[]): void => {
    const taken = new Set(form.rules.map(({ id }) => id));
    const added = rules.map((rule) => {
      const id = freeId(rule.id, taken);
      taken.add(id);
      return ruleTexts({ ...rule, id });
    });
    setForm({ ...form, rules: [...form.rules, ...added] });
  };
  const load = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const found = readRulesFile(await chosen.text());
    setProblem(typeof found === 'string' ? found : null);
    if (typeof found !== 'string') setForm(rulesForm(found));
  };
  const isFull = form.rules.length >= mostRules;
  return (
    <FormSheet
      title={`Account rules of ${bridge.name}`}
      word="Save"
      width="wide"
      failure={
        isOld ? 'The rules were changed elsewhere since this opened. Cancel, and open them anew.' : (failure ?? problem)
      }
      wrong={wrong}
      dirty={dirty}
      disabled={wrong > 0 || busy || isOld}
      onSubmit={() => {
        if (loosened.length > 0) setAsking(true);
        else unwaited(save());
      }}
      onClose={close}
    >
      {asking && loosened.length > 0 && (
        <ConfirmLoosening
          bridge={bridge}
          limits={loosened}
          failure={failure}
          onConfirm={save}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
      <p className="text-sm text-muted">
        Rules are measured with every report of the EA and before every order: what the account would be with every stop
        loss met. Every rule warns at first; closing everything is your choice, rule by rule. What is not known refuses
        entries, except for rules that only warn.
      </p>
      <div className="grid grid-cols-2 gap-x-4">
        <TextField
          label="Initial capital"
          suffix={accountCurrency(bridge) ?? undefined}
          decimal
          hint={{ text: 'What the account began with.', warning: false }}
          value={form.initialCapital}
          error={errors['initialCapital']}
          onChange={(initialCapital) => {
            setForm({ ...form, initialCapital });
          }}
        />
      </div>
      {form.rules.length === 0 && <p className="text-sm">There is no rule yet. Add one, or begin from a set.</p>}
      {form.rules.map((rule) => (
        <RuleCard
          key={rule.id}
          rule={rule}
          errors={errors}
          onChange={(changed) => {
            setForm({ ...form, rules: form.rules.map((each) => (each.id === changed.id ? changed : each)) });
          }}
          onRemove={() => {
            setForm({ ...form, rules: form.rules.filter(({ id }) => id !== rule.id) });
          }}
        />
      ))}
      <div className="grid grid-cols-2 gap-x-4 gap-y-3">
        <Choice
          label="Add a rule"
          unset={isFull ? `At most ${String(mostRules)} rules` : 'Choose a kind'}
          values={isFull ? [] : kinds}
          names={ruleKindWords}
          value={null}
          onChange={(kind) => {
            if (kind !== null) add([newRule(kind, kind.replaceAll('_', '-'), bridge.limits.day.timeZone)]);
          }}
        />
        <Choice
          label="Begin from a set"
          unset="Choose a set"
          values={isFull ? [] : presets}
          names={Object.fromEntries(presets.map((name) => [name, name]))}
          value={null}
          onChange={(name) => {
            add(rulePresets[name ?? ''] ?? []);
          }}
        />
        <div className="col-span-2 flex gap-2">
          <Button onClick={() => file.current?.click()}>Load a file</Button>
          <Button
            disabled={wrong > 0}
            onClick={() => {
              saveFile('account-rules.json', new Blob([rulesFile(accountRules)], { type: 'application/json' }));
            }}
          >
            Save as file
          </Button>
          <input
            ref={file}
            type="file"
            accept=".json,application/json"
            aria-label="File of account rules"
            className="sr-only"
            tabIndex={-1}
            onChange={({ target }) => {
              unwaited(load(target.files?.[0]));
              target.value = '';
            }}
          />
        </div>
      </div>
    </FormSheet>
  );
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? id : `${id}-${String(number)}`;
    if (!taken.has(name)) return name;
  }
}
