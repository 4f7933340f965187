// The end of a conversation: why, what to remember, and the company's own questions.
import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  Stack,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { closeFormQuery, tagsQuery } from '../api/queries.ts';
import type { CloseField, Conversation } from '../api/shapes.ts';
import { type InboxView, paths } from '../paths.ts';
import { Dialog } from '../ui/dialog.tsx';
import type { useVerbs } from './use-verbs.ts';

const reasons = ['solved', 'no-answer', 'duplicate', 'spam', 'other'] as const;
type Answers = Record<string, string | number | boolean>;

export function CloseDialog(props: {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run'>;
  onClose(): void;
}) {
  const { conversation, verbs, onClose } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view } = useParams({ strict: false }) as { view?: InboxView };
  const tags = useQuery(tagsQuery).data ?? [];
  const fields = useQuery(closeFormQuery).data ?? [];
  const form = useForm({
    initialValues: {
      ...{ reason: 'solved', note: '', tags: conversation.tags },
      ...{ categories: [] as string[], meta: {} as Answers },
    },
  });
  const submit = form.onSubmit(async ({ reason, note, tags, categories, meta }) => {
    const missing = fields.filter(({ name, required }) => required && isMissing(meta[name]));
    for (const { name } of missing) form.setFieldError(`meta.${name}`, t('form.required'));
    if (missing.length > 0) return;
    const body = {
      reason,
      tags,
      ...(categories.length > 0 ? { categories } : {}),
      ...(note ? { note } : {}),
      ...(fields.length > 0 ? { meta } : {}),
    };
    onClose();
    if (view !== undefined && view !== 'closed')
      void navigate({ to: paths.inbox(view), search: true });
    await verbs.run({ name: 'close', body }).catch(() => {});
  });
  return (
    <Dialog opened onClose={onClose} title={t('close.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Select
            label={t('close.reason')}
            data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('reason')}
          />
          <Textarea
            data-autofocus
            label={t('close.note')}
            placeholder={t('close.noteHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={4000}
            {...form.getInputProps('note')}
          />
          <TagsInput
            label={t('filter.tag')}
            placeholder={form.values.tags.length === 0 ? t('contact.addTag') : ''}
            data={tags.map(({ name }) => name)}
            maxTags={50}
            {...form.getInputProps('tags')}
          />
          <TagsInput
            label={t('close.categories')}
            placeholder={form.values.categories.length === 0 ? t('contact.addLabel') : ''}
            maxTags={50}
            {...form.getInputProps('categories')}
          />
          {fields.map((field) => (
            <Field
              key={field.name}
              field={field}
              props={form.getInputProps(`meta.${field.name}`)}
            />
          ))}
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit">{t('verb.close')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === '' || value === null || value === false;
}

function Field({ field, props }: { field: CloseField; props: object }) {
  const { label, type, required } = field;
  const shared = { label, withAsterisk: required, ...props };
  const { value: given } = props as { value?: string | number | boolean };
  if (type === 'checkbox') {
    const { value: _, ...rest } = shared as { value?: unknown };
    return <Checkbox {...rest} label={label} checked={given === true} />;
  }
  if (type === 'number') return <NumberInput {...shared} value={(given as number) ?? ''} />;
  if (type === 'select') return <Select {...shared} data={field.options ?? []} />;
  if (type === 'textarea') {
    return (
      <Textarea {...shared} autosize minRows={2} maxLength={4000} value={(given as string) ?? ''} />
    );
  }
  return <TextInput {...shared} value={(given as string) ?? ''} />;
}
