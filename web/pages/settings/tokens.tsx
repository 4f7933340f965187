// Tokens for programs: shown once, revoked at any time.
import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { tokensQuery } from '../../api/queries.ts';
import type { Role, Token } from '../../api/shapes.ts';
import { menuColumn } from '../../components/row-columns.tsx';
import { SettingsList } from '../../components/settings-list.tsx';
import { useSave } from '../../components/use-save.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Paste } from '../../ui/facts.tsx';
import { Pill } from '../../ui/pill.tsx';
import type { Column } from '../../ui/table.tsx';

const roles: Role[] = ['agent', 'supervisor', 'admin'];

export default function TokensPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const query = useQuery(tokensQuery);
  const [adding, setAdding] = useState(false);
  const revoke = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/tokens/{id}', { params: { path: { id } } })),
    touches: ['tokens'],
  });
  const columns: Column<Token>[] = [
    { head: t('form.name'), cell: ({ name }) => <span style={{ fontWeight: 500 }}>{name}</span> },
    { head: t('people.role'), cell: ({ role }) => <Pill>{t(`role.${role}`)}</Pill> },
    { head: t('tokens.made'), cell: ({ createdAt }) => format.full(createdAt) },
    {
      head: t('tokens.expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('tokens.never') : format.full(expiresAt)),
    },
    menuColumn(({ id, name }) => ({
      name,
      actions: [
        {
          label: t('tokens.revoke'),
          confirm: t('tokens.revokeText', { name }),
          run: () => revoke.mutate(id),
        },
      ],
    })),
  ];
  return (
    <SettingsList
      title={t('settings.tokens')}
      text={t('tokens.text')}
      query={query}
      columns={columns}
      empty={{ icon: <IconKey size={20} />, title: t('tokens.none'), text: t('tokens.text') }}
      add={{ label: t('tokens.add'), run: () => setAdding(true) }}
    >
      {adding && <TokenForm onClose={() => setAdding(false)} />}
    </SettingsList>
  );
}

function TokenForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [token, setToken] = useState<string | null>(null);
  const form = useForm({
    initialValues: { name: '', role: 'agent' as Role, expiresInDays: 365 as number | string },
  });
  const save = useSave({
    send: ({ expiresInDays, ...rest }: typeof form.values) =>
      ask(
        client.POST('/api/v1/tokens', {
          body: { ...rest, ...(typeof expiresInDays === 'number' ? { expiresInDays } : {}) },
        }),
      ),
    touches: ['tokens'],
    onDone: (made) => setToken(made.token),
    quiet: true,
  });
  if (token !== null) {
    return (
      <Dialog opened onClose={onClose} title={t('tokens.madeTitle')}>
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
  return (
    <FormDialog
      title={t('tokens.add')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
    >
      <TextInput data-autofocus required label={t('form.name')} {...form.getInputProps('name')} />
      <Select
        label={t('people.role')}
        description={t(`role.hint.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('role')}
      />
      <NumberInput
        label={t('tokens.days')}
        description={t('tokens.daysHint')}
        min={1}
        max={3650}
        {...form.getInputProps('expiresInDays')}
      />
    </FormDialog>
  );
}
