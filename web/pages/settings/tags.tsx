// Tags with their colours.
import { ColorInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { tagsQuery } from '../../api/queries.ts';
import type { Tag } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { useEditColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { Column } from '../../ui/table.tsx';
import classes from './settings.module.css';

const at = (id: string) => ({ params: { path: { id } } });
const colours = ['#5f59d8', '#2fa866', '#dd9a0b', '#d9453d', '#2f7fd3', '#8e8e9a'];

export default function TagsPage() {
  const { t } = useTranslation();
  const query = useQuery(tagsQuery);
  const [edited, setEdited] = useState<Tag | 'new' | null>(null);
  const drop = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/tags/{id}', at(id))),
    touches: ['tags'],
  });
  const columns: Column<Tag>[] = [
    {
      head: t('form.name'),
      cell: ({ name, colour }) => (
        <span style={{ display: 'flex', alignItems: 'center', gap: 10, fontWeight: 500 }}>
          <i className={classes.swatch} style={{ background: colour }} />
          {name}
        </span>
      ),
    },
    useEditColumn<Tag>({
      nameOf: ({ name }) => name,
      edit: setEdited,
      remove: ({ id }) => drop.mutate(id),
      removeText: (name) => t('tags.removeText', { name }),
    }),
  ];
  return (
    <SettingsList
      narrow
      title={t('settings.tags')}
      text={t('tags.text')}
      query={query}
      columns={columns}
      empty={{ icon: <IconTag size={20} />, title: t('tags.none'), text: t('tags.text') }}
      add={{ label: t('common.add'), run: () => setEdited('new') }}
    >
      {edited !== null && <TagForm tag={edited} onClose={() => setEdited(null)} />}
    </SettingsList>
  );
}

function TagForm({ tag, onClose }: { tag: Tag | 'new'; onClose(): void }) {
  const { t } = useTranslation();
  const known = tag === 'new' ? { name: '', colour: colours[0] ?? '' } : tag;
  const form = useForm({ initialValues: { name: known.name, colour: known.colour } });
  const save = useSave<typeof form.values, unknown>({
    send: (body) =>
      tag === 'new'
        ? ask(client.POST('/api/v1/tags', { body }))
        : ask(client.PATCH('/api/v1/tags/{id}', { ...at(tag.id), body })),
    touches: ['tags'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={tag === 'new' ? t('common.add') : t('common.edit')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput
        data-autofocus
        required
        maxLength={100}
        label={t('form.name')}
        {...form.getInputProps('name')}
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
