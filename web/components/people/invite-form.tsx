// Invites a person; the address to hand over is shown once.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Role } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Paste } from '../../ui/facts.tsx';
import { Select } from '../../ui/select.tsx';
import { useSave } from '../answers/use-save.ts';

const roles: Role[] = ['agent', 'supervisor', 'admin'];

export function InviteForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [link, setLink] = useState<{ url: string; mailed: boolean } | null>(null);
  const form = useForm({ initialValues: { name: '', email: '', role: 'agent' as Role } });
  const save = useSave({
    send: (body: typeof form.values) => ask(client.POST('/api/v1/users', { body })),
    touches: ['users', 'agents'],
    onDone: ({ inviteUrl: url, mailed }) => setLink({ url, mailed }),
    quiet: true,
  });
  if (link !== null) return <InviteLink {...link} name={form.values.name} onClose={onClose} />;
  return (
    <FormDialog
      title={t('people.invite')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
      label={t('people.makeLink')}
    >
      <TextInput data-autofocus label={t('form.name')} required {...form.getInputProps('name')} />
      <TextInput label={t('form.email')} type="email" required {...form.getInputProps('email')} />
      <Select
        label={t('people.role')}
        description={t(`role.hint.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        {...form.getInputProps('role')}
      />
    </FormDialog>
  );
}

export function InviteLink(props: { url: string; name: string; mailed: boolean; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      shownOnce
      opened
      onClose={props.onClose}
      title={t('people.linkTitle', { name: props.name })}
    >
      <Stack gap="sm">
        <Text size="sm">{t('people.linkText')}</Text>
        <Text size="sm" role="status">
          {props.mailed ? t('people.mailed', { name: props.name }) : t('people.notMailed')}
        </Text>
        <Paste label={t('people.link')} value={props.url} copyLabel={t('common.copy')} />
        <Group justify="flex-end">
          <Button onClick={props.onClose}>{t('common.done')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
