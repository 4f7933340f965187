// One macro: its name, whose it is, and what it does.
import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../src/contract/actions.ts';
import { ApiProblem, ask, client } from '../../api/client.ts';
import { teamsQuery } from '../../api/queries.ts';
import type { Macro } from '../../api/shapes.ts';
import { faultsBelow } from '../../forms/faults-at.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useSave } from '../answers/use-save.ts';
import { useWordFaults } from '../naming/use-word-faults.ts';
import { ActionList } from './action-list.tsx';

export function MacroForm({ macro, onClose }: { macro: Macro | null; onClose(): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const form = useForm({
    initialValues: {
      name: macro?.name ?? '',
      teamId: macro?.teamId ?? null,
      actions: (macro?.actions ?? []) as Action[],
    },
  });
  const save = useSave({
    send: (values: typeof form.values) => {
      const body = values as never;
      if (macro === null) return ask(client.POST('/api/v1/macros', { body }));
      const params = { path: { id: macro.id } };
      return ask(client.PATCH('/api/v1/macros/{id}', { params, body }));
    },
    touches: ['macros'],
    onDone: onClose,
    quiet: true,
  });
  const refused = save.error instanceof ApiProblem ? save.error.faults : null;
  const known = refused ?? (form.isDirty('actions') ? [] : (macro?.faults ?? []));
  const { faults } = useWordFaults({ faults: known, warnings: [] });
  const at = faultsBelow(faults, '');
  return (
    <FormDialog
      size="lg"
      title={macro === null ? t('macros.add') : t('common.edit')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput
        data-autofocus
        required
        maxLength={255}
        label={t('form.name')}
        {...form.getInputProps('name')}
      />
      <Select
        clearable
        label={t('filter.team')}
        placeholder={t('replies.everybody')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
      <ActionList
        actions={form.values.actions}
        onChange={(actions) => form.setFieldValue('actions', actions)}
        faults={at}
        tried
      />
    </FormDialog>
  );
}
