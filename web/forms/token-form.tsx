// Makes a token: what it may, and how long; the token itself is shown once.
import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { agentsQuery } from '../api/queries.ts';
import type { Role } from '../api/shapes.ts';
import { useSave } from '../components/use-save.ts';
import { useSession } from '../components/use-session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Paste } from '../ui/facts.tsx';
import { Select } from '../ui/select.tsx';
import { FormDialog } from './form-dialog.tsx';

const roles: Role[] = ['agent', 'supervisor', 'admin'];
const limits = ['all', 'read', 'chosen'] as const;
type Limit = (typeof limits)[number];

export function TokenForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const agents = useQuery(agentsQuery).data ?? [];
  const [token, setToken] = useState<string | null>(null);
  const form = useForm({
    initialValues: {
      name: '',
      role: 'agent' as Role,
      limit: 'all' as Limit,
      actions: [] as string[],
      agentId: null as string | null,
      ends: true,
      days: 90 as number | string,
    },
    validate: {
      actions: (actions, { limit }) =>
        limit === 'chosen' && actions.length === 0 ? t('tokens.chooseOne') : null,
    },
  });
  const save = useSave({
    send: ({ name, role, limit, actions, agentId, ends, days }: typeof form.values) => {
      const scopes = { all: null, read: ['read'], chosen: actions }[limit];
      const expiresInDays = ends ? Number(days) : null;
      const body = { name, role, scopes, expiresInDays, ...(agentId !== null && { agentId }) };
      return ask(client.POST('/api/v1/tokens', { body }));
    },
    touches: ['tokens'],
    onDone: (made) => setToken(made.token),
    quiet: true,
  });
  if (token !== null) return <MadeToken token={token} onClose={onClose} />;
  return (
    <FormDialog
      title={t('tokens.add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput data-autofocus required label={t('form.name')} {...form.getInputProps('name')} />
      <Select
        label={t('people.role')}
        description={t(`role.hint.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        {...form.getInputProps('role')}
      />
      <Select
        label={t('tokens.limit')}
        data={limits.map((value) => ({ value, label: t(`tokens.limit.${value}`) }))}
        {...form.getInputProps('limit')}
      />
      {form.values.limit === 'chosen' && (
        <MultiSelect
          label={t('tokens.actions')}
          description={t('tokens.actionsHint')}
          searchable
          data={can}
          {...form.getInputProps('actions')}
        />
      )}
      <Select
        clearable
        searchable
        label={t('tokens.agent')}
        description={t('tokens.agentHint')}
        placeholder={t('tokens.noAgent')}
        data={agents.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('agentId')}
      />
      <Switch label={t('tokens.ends')} {...form.getInputProps('ends', { type: 'checkbox' })} />
      {form.values.ends && (
        <NumberInput
          label={t('tokens.days')}
          required
          min={1}
          max={3650}
          {...form.getInputProps('days')}
        />
      )}
    </FormDialog>
  );
}

function MadeToken({ token, onClose }: { token: string; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Dialog shownOnce opened onClose={onClose} title={t('tokens.madeTitle')}>
      <Stack gap="sm">
        <Text size="sm">{t('tokens.once')}</Text>
        <Paste label={t('tokens.token')} value={token} copyLabel={t('common.copy')} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common.done')}</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
