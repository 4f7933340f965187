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
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { closeFormQuery, tagsQuery } from '../../api/queries.ts';
import type { CloseField, Conversation } from '../../api/shapes.ts';
import { TagField } from '../../forms/tag-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { isMac } from '../../ui/is-mac.ts';
import { Select } from '../../ui/select.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import type { useVerbs } from './use-verbs.ts';

const reasons = ['solved', 'no-answer', 'duplicate', 'spam', 'other'] as const;
type Answer = string | number | boolean | null;

interface Props {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run'>;
  onClose(): void;
  /** The conversation is about to end, and to leave the list. */
  onClosing(): void;
}

export function CloseDialog(props: Props) {
  const query = useQuery(closeFormQuery);
  // The first question that must be answered has the focus, so they are known before anything is shown.
  return query.isPending ? null : <Closing {...props} fields={query.data ?? []} />;
}

function Closing({
  conversation,
  verbs,
  onClose,
  onClosing,
  fields,
}: Props & { fields: CloseField[] }) {
  const { t } = useTranslation();
  const tags = useQuery(tagsQuery).data ?? [];
  const form = useForm({ initialValues: readValues(conversation) });
  const submit = form.onSubmit(async (values) => {
    const missing = findMissing(fields, values.answers);
    if (missing[0] !== undefined) {
      form.setErrors(Object.fromEntries(missing.map((path) => [path, t('form.required')])));
      return form.getInputNode(missing[0])?.focus();
    }
    onClose();
    onClosing();
    await verbs.run({ name: 'close', body: toBody(fields, values) }).catch(() => {});
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
              {...{ field, isFirst: at === first, props: form.getInputProps(`answers.${at}`) }}
            />
          ))}
          <Buttons onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

type Values = ReturnType<typeof readValues>;

function readValues({ tags }: Conversation) {
  return {
    ...{ reason: 'solved', note: '', tags },
    // By their places: a name may hold dots, which would be paths.
    ...{ categories: [] as string[], answers: {} as Record<number, Answer> },
  };
}

/** The paths of the questions that must be answered and are not. */
function findMissing(fields: readonly CloseField[], answers: Values['answers']): string[] {
  return fields.flatMap(({ required }, at) =>
    required && isMissing(answers[at]) ? [`answers.${at}`] : [],
  );
}

function toBody(fields: readonly CloseField[], values: Values) {
  const { reason, note, tags, categories, answers } = values;
  const meta = Object.fromEntries(fields.map(({ name }, at) => [name, answers[at]]));
  return {
    reason,
    tags,
    ...(categories.length > 0 ? { categories } : {}),
    ...(note ? { note } : {}),
    ...(fields.length > 0 ? { meta } : {}),
  };
}

function Buttons({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt="xs">
      <Text size="xs" c="dimmed" me="auto" visibleFrom="sm">
        {t('close.keys', { keys: isMac ? '⌘ Enter' : 'Ctrl+Enter' })}
      </Text>
      <Button variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      <Button type="submit">{t('verb.close')}</Button>
    </Group>
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

/** `isFirst`: of those that must be answered. */
function Field(given: { field: CloseField; isFirst: boolean; props: object }) {
  const { field, isFirst, props } = given;
  const { label, type, required } = field;
  const focus = isFirst && { 'data-autofocus': true };
  const shared = { label, withAsterisk: required, ...props, ...focus };
  const { value: answer } = props as { value?: string | number | boolean };
  if (type === 'checkbox') {
    const { value: _, ...rest } = shared as { value?: unknown };
    return <Checkbox {...rest} label={label} checked={answer === true} />;
  }
  if (type === 'number') return <NumberInput {...shared} value={(answer as number) ?? ''} />;
  if (type === 'select') {
    return <Select {...shared} clearable={!required} data={field.options ?? []} />;
  }
  if (type === 'textarea') {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={2}
        maxLength={4000}
        value={(answer as string) ?? ''}
      />
    );
  }
  return <TextInput {...shared} value={(answer as string) ?? ''} />;
}
