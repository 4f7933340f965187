// One automation: after which events, on which condition, and what it does; tried before it is saved.
import { Button, MultiSelect, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../src/contract/actions.ts';
import { automationEvents } from '../../../src/contract/automation-events.ts';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import type { Condition } from '../../../src/contract/policy/rule-fields.ts';
import { automationCheckQuery, automationTrialQuery } from '../../api/automation-queries.ts';
import { ask, client } from '../../api/client.ts';
import type { Automation } from '../../api/shapes.ts';
import { faultsBelow } from '../../forms/faults-at.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useSave } from '../answers/use-save.ts';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { ActionList } from './action-list.tsx';
import classes from './automations.module.css';

/** What the form changes of an automation. */
export interface Draft {
  name: string;
  on: Automation['on'];
  when: Condition | null;
  actions: Action[];
}

export function AutomationForm(props: {
  /** null: it is new. */
  id: string | null;
  begun: Draft;
  /** The builder of conditions, which another room has. */
  conditions(args: {
    on: Draft['on'];
    when: Condition | null;
    onChange(when: Condition | null): void;
    faults: readonly PolicyFault[];
  }): ReactNode;
  onClose(): void;
}) {
  const { id, begun, conditions, onClose } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState(begun);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const found = useFound(draft);
  const at = faultsBelow(found.faults, '');
  const dirty = useMemo(() => JSON.stringify(draft) !== JSON.stringify(begun), [draft, begun]);
  const save = useSave({
    send: (body: Draft) => send(id, body),
    touches: ['automations'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      size="860px"
      title={id === null ? t('automations.add') : t('common.edit')}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft);
      }}
      save={save}
      dirty={dirty}
    >
      <TextInput
        data-autofocus
        required
        maxLength={255}
        label={t('form.name')}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <MultiSelect
        searchable
        label={t('automations.events')}
        description={t('automations.eventsHint')}
        data={[...automationEvents]}
        value={draft.on}
        onChange={(on) => set({ on: on as Draft['on'] })}
        error={dirty ? at.say('/on') : null}
      />
      <div role="group" aria-label={t('automations.conditions')}>
        <Text size="sm" fw={500} mb={6}>
          {t('automations.conditions')}
        </Text>
        {conditions({
          on: draft.on,
          when: draft.when,
          onChange: (when) => set({ when }),
          faults: found.faults,
        })}
        {draft.when === null && (
          <Text size="sm" c="dimmed">
            {t('automations.always')}
          </Text>
        )}
      </div>
      <ActionList
        actions={draft.actions}
        onChange={(actions) => set({ actions })}
        faults={at}
        tried={save.isError}
      />
      <Trial draft={draft} disabled={found.faults.length > 0} />
    </FormDialog>
  );
}

function send(id: string | null, draft: Draft) {
  const body = draft as never;
  if (id === null) return ask(client.POST('/api/v1/automations', { body }));
  return ask(client.PATCH('/api/v1/automations/{id}', { params: { path: { id } }, body }));
}

const REST_MS = 500;

function useFound(draft: Draft) {
  const [rested] = useDebouncedValue(draft, REST_MS);
  const { data } = useQuery(automationCheckQuery(rested));
  const found = useMemo(() => data && { faults: data.faults, warnings: [] }, [data]);
  return useWordFaults(found);
}

/** Asked for by hand: it reads a thousand conversations. */
function Trial({ draft, disabled }: { draft: Draft; disabled: boolean }) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<Draft | null>(null);
  const query = useQuery({ ...automationTrialQuery(tried ?? draft), enabled: tried !== null });
  const trial = tried === draft ? query.data?.trial : undefined;
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        disabled={disabled}
        loading={query.isFetching}
        onClick={() => setTried(draft)}
      >
        {t('automations.try')}
      </Button>
      <div role="status">
        {trial !== undefined && (
          <p className={classes.trial}>
            {t('automations.tried', {
              tried: trial.tried,
              matched: trial.matched,
              events: trial.events,
            })}
          </p>
        )}
      </div>
    </div>
  );
}
