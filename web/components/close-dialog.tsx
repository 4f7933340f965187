// The end of a conversation: why, what to remember, and the company's own questions.
import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { closeFormQuery, tagsQuery } from '../api/queries.ts';
import type { CloseField, Conversation } from '../api/shapes.ts';
import { type InboxView, paths } from '../paths.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Select } from '../ui/select.tsx';
import { submitByKeys } from '../ui/submit-by-keys.ts';
import { isMac } from './is-mac.ts';
import { TagField } from './tag-field.tsx';
import type { useVerbs } from './use-verbs.ts';

const reasons = ['solved', 'no-answer', 'duplicate', 'spam', 'other'] as const;
type Answer = string | number | boolean | null;

interface Props {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run'>;
  onClose(): void;
}

export function CloseDialog(props: Props) {
  const query = useQuery(closeFormQuery);
  // The first question that must be answered has the focus, so they are known before anything is shown.
  return query.isPending ? null : <Closing {...props} fields={query.data ?? []} />;
}

function Closing({ conversation, verbs, onClose, fields }: Props & { fields: CloseField[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { view } = useParams({ strict: false }) as { view?: InboxView };
  const tags = useQuery(tagsQuery).data ?? [];
  const form = useForm({
    initialValues: {
      ...{ reason: 'solved', note: '', tags: conversation.tags },
      // By their places: a name may hold dots, which would be paths.
      ...{ categories: [] as string[], answers: {} as Record<number, Answer> },
    },
  });
  const submit = form.onSubmit(async ({ reason, note, tags, categories, answers }) => {
    const missing = fields.flatMap(({ required }, at) =>
      required && isMissing(answers[at]) ? [`answers.${at}`] : [],
    );
    if (missing[0] !== undefined) {
      form.setErrors(Object.fromEntries(missing.map((path) => [path, t('form.required')])));
      return form.getInputNode(missing[0])?.focus();
    }
    const meta = Object.fromEntries(fields.map(({ name }, at) => [name, answers[at]]));
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
  const first = fields.findIndex(({ required }) => required);
  const dirty = form.isDirty();
  return (
    <Dialog
      opened
      onClose={onClose}
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      title={t('close.title')}
    >
      <form onSubmit={submit} onKeyDown={onKey} noValidate>
        <Stack gap="sm">
          <Select
            label={t('close.reason')}
            data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
            {...form.getInputProps('reason')}
          />
          <Textarea
            data-autofocus={first < 0 || undefined}
            label={t('close.note')}
            placeholder={t('close.noteHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={4000}
            {...form.getInputProps('note')}
          />
          <TagField
            label={t('filter.tag')}
            placeholder={form.values.tags.length === 0 ? t('contact.addTag') : ''}
            known={tags.map(({ name }) => name)}
            {...form.getInputProps('tags')}
          />
          <TagsInput
            label={t('close.categories')}
            placeholder={form.values.categories.length === 0 ? t('contact.addLabel') : ''}
            maxTags={50}
            {...form.getInputProps('categories')}
          />
          {fields.map((field, at) => (
            <Field
              key={field.name}
              field={field}
              props={{
                ...form.getInputProps(`answers.${at}`),
                ...(at === first && { 'data-autofocus': true }),
              }}
            />
          ))}
          <Group justify="flex-end" mt="xs">
            <Text size="xs" c="dimmed" mr="auto" visibleFrom="sm">
              {t('close.keys', { keys: isMac ? '⌘ Enter' : 'Ctrl+Enter' })}
            </Text>
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

/** Enter chooses in some of the fields: in none of them it ends the conversation by the way. */
function onKey(event: KeyboardEvent<HTMLFormElement>): void {
  submitByKeys(event);
  if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
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
  if (type === 'select') {
    return <Select {...shared} clearable={!required} data={field.options ?? []} />;
  }
  if (type === 'textarea') {
    return (
      <Textarea {...shared} autosize minRows={2} maxLength={4000} value={(given as string) ?? ''} />
    );
  }
  return <TextInput {...shared} value={(given as string) ?? ''} />;
}
