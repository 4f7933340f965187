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
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import { ask, client } from '../../api/client.ts';
import { agentsQuery, channelsQuery } from '../../api/queries.ts';
import type { Role } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Paste } from '../../ui/facts.tsx';
import { Select } from '../../ui/select.tsx';
import { useSave } from '../answers/use-save.ts';
import { useSession } from '../session/use-session.ts';

const roles: Role[] = ['agent', 'supervisor', 'admin'];
const limits = ['all', 'read', 'chosen', 'channel'] as const;
type Limit = (typeof limits)[number];

const fresh = {
  name: '',
  role: 'agent' as Role,
  limit: 'all' as Limit,
  actions: [] as string[],
  channelId: null as string | null,
  agentId: null as string | null,
  ends: true,
  days: 90 as number | string,
};
type Form = UseFormReturnType<typeof fresh>;

export function TokenForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [token, setToken] = useState<string | null>(null);
  const form = useForm({
    initialValues: fresh,
    validate: {
      actions: (actions, { limit }) =>
        limit === 'chosen' && actions.length === 0 ? t('tokens.chooseOne') : null,
      channelId: (channelId, { limit }) =>
        limit === 'channel' && channelId === null ? t('tokens.chooseChannel') : null,
    },
  });
  const save = useSave({
    send: ({ name, role, limit, actions, channelId, agentId, ends, days }: typeof fresh) => {
      const channel = [`channel:${channelId}`];
      const scopes = { all: null, read: ['read'], chosen: actions, channel }[limit];
      const expiresInDays = ends ? Number(days) : null;
      // Of a channel's token the role does not count: the least.
      const acts =
        limit === 'channel'
          ? { role: 'agent' as const }
          : { role, ...(agentId !== null && { agentId }) };
      const body = { name, ...acts, scopes, expiresInDays };
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
      <LimitFields form={form} />
      {form.values.limit !== 'channel' && <RoleFields form={form} />}
      <EndFields form={form} />
    </FormDialog>
  );
}

/** What it acts as: a role, and perhaps an agent. */
function RoleFields({ form }: { form: Form }) {
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data ?? [];
  return (
    <>
      <Select
        label={t('people.role')}
        description={t(`role.hint.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        {...form.getInputProps('role')}
      />
      <Select
        clearable
        searchable
        label={t('tokens.agent')}
        description={t('tokens.agentHint')}
        placeholder={t('tokens.noAgent')}
        data={agents.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('agentId')}
      />
    </>
  );
}

/** All that its role may do, reading alone, or chosen actions. */
function LimitFields({ form }: { form: Form }) {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <>
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
      {form.values.limit === 'channel' && <ChannelField form={form} />}
    </>
  );
}

/** The door of a company's own program. */
function ChannelField({ form }: { form: Form }) {
  const { t } = useTranslation();
  const channels = (useQuery(channelsQuery).data ?? []).filter(
    ({ kind }) => channelKinds[kind].takesTokens,
  );
  return (
    <Select
      label={t('tokens.channel')}
      description={t('tokens.channelHint')}
      data={channels.map(({ id, name }) => ({ value: id, label: name }))}
      {...form.getInputProps('channelId')}
    />
  );
}

function EndFields({ form }: { form: Form }) {
  const { t } = useTranslation();
  return (
    <>
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
    </>
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
