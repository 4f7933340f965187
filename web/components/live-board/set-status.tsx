// A supervisor says what an agent is, and why.
import { Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { statusesQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useSave } from '../answers/use-save.ts';
import { withEmoji } from '../faces/name-status.ts';

const LONGEST_REASON = 200;
const PLAIN = ['online', 'away', 'offline'] as const;
type Plain = (typeof PLAIN)[number];

export function SetStatus({ agent, onClose }: { agent: Agent; onClose(): void }) {
  const { t } = useTranslation();
  const statuses = (useQuery(statusesQuery).data ?? []).filter(({ archived }) => !archived);
  const form = useForm({ initialValues: { what: 'away', reason: '' } });
  const save = useSave({
    send: ({ what, reason }: typeof form.values) => {
      const isPlain = (PLAIN as readonly string[]).includes(what);
      const status = isPlain ? { availability: what as Plain, statusId: null } : { statusId: what };
      return ask(
        client.PATCH('/api/v1/agents/{id}', {
          params: { path: { id: agent.id } },
          body: { ...status, statusReason: reason.trim() || null },
        }),
      );
    },
    touches: ['agents', 'queue'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={t('status.setFor', { name: agent.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <Select
        data-autofocus
        allowDeselect={false}
        label={t('availability.title')}
        data={[
          ...PLAIN.map((value) => ({ value: value as string, label: t(`availability.${value}`) })),
          ...statuses.map((status) => ({ value: status.id, label: withEmoji(status) })),
        ]}
        {...form.getInputProps('what')}
      />
      <TextInput
        maxLength={LONGEST_REASON}
        label={t('status.reason')}
        description={t('status.reasonText')}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
