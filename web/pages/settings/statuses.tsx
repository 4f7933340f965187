// The statuses that people choose from when they are away: names, emoji, colours, their order, what is archived.
import { ColorInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCoffee } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { statusesQuery } from '../../api/queries.ts';
import type { Status } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { withEmoji } from '../../components/faces/name-status.ts';
import { StatusDot } from '../../components/faces/status-text.tsx';
import { menuColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { Pill } from '../../ui/pill.tsx';
import type { RowAction } from '../../ui/row-menu.tsx';
import type { Column } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });
const colours = ['#5f59d8', '#2fa866', '#dd9a0b', '#d9453d', '#2f7fd3', '#8e8e9a'];

export default function StatusesPage() {
  const { t } = useTranslation();
  const query = useQuery(statusesQuery);
  const [edited, setEdited] = useState<Status | 'new' | null>(null);
  const actionsOf = useActions(query.data ?? [], setEdited);
  const columns: Column<Status>[] = [
    {
      head: t('form.name'),
      cell: (status) => (
        <span style={{ display: 'flex', alignItems: 'center', gap: 10, fontWeight: 500 }}>
          <StatusDot availability="away" colour={status.colour} size={10} />
          {withEmoji(status)}
          {status.archived && <Pill>{t('statuses.archived')}</Pill>}
        </span>
      ),
    },
    menuColumn((status) => ({ name: status.name, actions: actionsOf(status) })),
  ];
  return (
    <SettingsList
      narrow
      title={t('settings.statuses')}
      text={t('statuses.text')}
      query={query}
      columns={columns}
      empty={{
        icon: <IconCoffee size={20} />,
        title: t('statuses.none'),
        text: t('statuses.text'),
      }}
      add={{ label: t('common.add'), run: () => setEdited('new') }}
    >
      {edited !== null && <StatusForm status={edited} onClose={() => setEdited(null)} />}
    </SettingsList>
  );
}

function useActions(
  statuses: readonly Status[],
  edit: (status: Status) => void,
): (status: Status) => RowAction[] {
  const { t } = useTranslation();
  const archive = useSave({
    send: ({ id, archived }: Status) =>
      ask(client.PATCH('/api/v1/statuses/{id}', { ...at(id), body: { archived: !archived } })),
    touches: ['statuses'],
  });
  const order = useSave({
    send: (ids: string[]) => ask(client.PUT('/api/v1/statuses/order', { body: { ids } })),
    touches: ['statuses'],
  });
  const inUse = statuses.filter(({ archived }) => !archived).map(({ id }) => id);
  const move = (id: string, to: number) => {
    const others = inUse.filter((one) => one !== id);
    order.mutate([...others.slice(0, to), id, ...others.slice(to)]);
  };
  return (status) => {
    const { id, name, archived } = status;
    const place = inUse.indexOf(id);
    const up = { label: t('statuses.up'), run: () => move(id, place - 1) };
    const down = { label: t('statuses.down'), run: () => move(id, place + 1) };
    const turn = { run: () => archive.mutate(status) };
    return [
      { label: t('common.edit'), run: () => edit(status) },
      ...(place > 0 ? [up] : []),
      ...(place >= 0 && place < inUse.length - 1 ? [down] : []),
      archived
        ? { ...turn, label: t('statuses.bringBack') }
        : { ...turn, label: t('statuses.archive'), confirm: t('statuses.archiveText', { name }) },
    ];
  };
}

function StatusForm({ status, onClose }: { status: Status | 'new'; onClose(): void }) {
  const { t } = useTranslation();
  const known = status === 'new' ? { name: '', emoji: null, colour: null } : status;
  const { name, emoji, colour } = known;
  const form = useForm({
    initialValues: { name, emoji: emoji ?? '', colour: colour ?? '' },
  });
  const save = useSave<typeof form.values, unknown>({
    send: (values) => {
      const body = {
        name: values.name,
        emoji: values.emoji.trim() || null,
        colour: values.colour || null,
      };
      return status === 'new'
        ? ask(client.POST('/api/v1/statuses', { body }))
        : ask(client.PATCH('/api/v1/statuses/{id}', { ...at(status.id), body }));
    },
    touches: ['statuses'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={status === 'new' ? t('common.add') : t('common.edit')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput
        data-autofocus
        required
        maxLength={50}
        label={t('form.name')}
        {...form.getInputProps('name')}
      />
      <TextInput
        maxLength={32}
        label={t('statuses.emoji')}
        description={t('statuses.emojiText')}
        {...form.getInputProps('emoji')}
      />
      <ColorInput
        withEyeDropper={false}
        format="hex"
        swatches={colours}
        label={t('tags.colour')}
        {...form.getInputProps('colour')}
      />
    </FormDialog>
  );
}
