// Canned replies: a shortcut and what it becomes.
import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fillPlaceholders, listUnknownPlaceholders } from '../../../src/contract/placeholders.ts';
import { ask, client } from '../../api/client.ts';
import { cannedRepliesQuery, teamsQuery } from '../../api/queries.ts';
import type { CannedReply } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { useSession } from '../../components/session/use-session.ts';
import { useEditColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { FormDialog } from '../../forms/form-dialog.tsx';
import type { Column } from '../../ui/table.tsx';
import classes from './settings.module.css';

const at = (id: string) => ({ params: { path: { id } } });

export default function RepliesPage() {
  const { t } = useTranslation();
  const query = useQuery(cannedRepliesQuery);
  const teams = useQuery(teamsQuery).data;
  const [edited, setEdited] = useState<CannedReply | 'new' | null>(null);
  const drop = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/canned-replies/{id}', at(id))),
    touches: ['canned-replies'],
  });
  const columns: Column<CannedReply>[] = [
    {
      head: t('replies.shortcut'),
      cell: ({ shortcut }) => <b style={{ color: 'var(--accent-text)' }}>/{shortcut}</b>,
    },
    {
      head: t('replies.body'),
      cell: ({ text }) => <span style={{ overflowWrap: 'anywhere' }}>{text}</span>,
    },
    {
      head: t('filter.team'),
      cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? t('replies.everybody'),
    },
    useEditColumn<CannedReply>({
      nameOf: ({ shortcut }) => shortcut,
      edit: setEdited,
      remove: ({ id }) => drop.mutate(id),
      removeText: (name) => t('replies.removeText', { name }),
    }),
  ];
  return (
    <SettingsList
      title={t('settings.replies')}
      text={t('replies.text')}
      query={query}
      columns={columns}
      empty={{
        icon: <IconBolt size={20} />,
        title: t('replies.none'),
        text: t('replies.noneText'),
      }}
      add={{ label: t('replies.add'), run: () => setEdited('new') }}
    >
      {edited !== null && <ReplyForm reply={edited} onClose={() => setEdited(null)} />}
    </SettingsList>
  );
}

function ReplyForm({ reply, onClose }: { reply: CannedReply | 'new'; onClose(): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const known = reply === 'new' ? { shortcut: '', text: '', teamId: null } : reply;
  const form = useForm({
    initialValues: { shortcut: known.shortcut, text: known.text, teamId: known.teamId },
    validate: {
      text: (text) => {
        const unknown = listUnknownPlaceholders(text).map((name) => `{${name}}`);
        return unknown.length === 0
          ? null
          : t('replies.unknown', { names: unknown.join(t('common.comma')) });
      },
    },
  });
  const save = useSave<typeof form.values, unknown>({
    send: (body) =>
      reply === 'new'
        ? ask(client.POST('/api/v1/canned-replies', { body }))
        : ask(client.PATCH('/api/v1/canned-replies/{id}', { ...at(reply.id), body })),
    touches: ['canned-replies'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={reply === 'new' ? t('replies.add') : t('common.edit')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) =>
        save.mutate({ ...values, shortcut: values.shortcut.trim().replace(/^\//, '') }),
      )}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput
        data-autofocus
        required
        label={t('replies.shortcut')}
        description={t('replies.shortcutHint')}
        maxLength={60}
        {...form.getInputProps('shortcut')}
      />
      <Textarea
        required
        autosize
        minRows={3}
        maxRows={10}
        maxLength={10_000}
        label={t('replies.body')}
        description={t('replies.bodyHint')}
        {...form.getInputProps('text')}
      />
      <Preview text={form.values.text} />
      <Select
        clearable
        label={t('filter.team')}
        placeholder={t('replies.everybody')}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('teamId')}
      />
    </FormDialog>
  );
}

/** As two customers will read it: one who has said a name, and one who has not. */
function Preview({ text }: { text: string }) {
  const { t } = useTranslation();
  const { user } = useSession();
  if (text.trim() === '') return null;
  const sample = t('replies.sampleName');
  const named = fillPlaceholders(text, { name: sample, agent: user.name });
  const nameless = fillPlaceholders(text, { name: null, agent: user.name });
  const shown =
    named === nameless
      ? [{ to: t('widget.preview'), text: named }]
      : [
          { to: t('replies.previewTo', { name: sample }), text: named },
          { to: t('replies.previewNameless'), text: nameless },
        ];
  return (
    <div role="group" aria-label={t('widget.preview')} className={classes.replyPreview}>
      {shown.map((one) => (
        <div key={one.to}>
          <small>{one.to}</small>
          <p>{one.text}</p>
        </div>
      ))}
    </div>
  );
}
