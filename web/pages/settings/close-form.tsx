// What an agent is asked when a conversation ends.
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Select,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { settingsQuery } from '../../api/queries.ts';
import type { CloseField } from '../../api/shapes.ts';
import { Loaded } from '../../components/answers/loaded.tsx';
import { useSave } from '../../components/answers/use-save.ts';
import { UnsavedGuard } from '../../forms/unsaved-guard.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';

const types = ['text', 'textarea', 'select', 'number', 'checkbox'] as const;
const fresh: CloseField = { name: '', label: '', type: 'text', required: false };

export default function CloseFormPage() {
  const { t } = useTranslation();
  const query = useQuery(settingsQuery);
  return (
    <Page title={t('settings.close-form')} text={t('closeForm.intro')} narrow>
      <Loaded query={query}>
        {({ closeForm }) => <FieldsForm key={JSON.stringify(closeForm)} fields={closeForm} />}
      </Loaded>
    </Page>
  );
}

function FieldsForm({ fields }: { fields: CloseField[] }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { closeForm: fields },
    validate: {
      closeForm: {
        name: (name) => (/^[\w.-]*$/.test(name) ? null : t('closeForm.nameForm')),
      },
    },
  });
  const save = useSave({
    send: (closeForm: CloseField[]) =>
      ask(client.PATCH('/api/v1/settings', { body: { closeForm } })),
    touches: ['settings'],
    done: t('common.saved'),
    onDone: () => form.resetDirty(),
  });
  const named = (all: CloseField[]) =>
    all.map(({ options, ...field }, index) => ({
      ...field,
      name: field.name || `field${index + 1}`,
      ...(field.type === 'select' ? { options: options ?? [] } : {}),
    }));
  return (
    <form onSubmit={form.onSubmit(({ closeForm: all }) => save.mutate(named(all)))}>
      <UnsavedGuard dirty={form.isDirty()} />
      {form.values.closeForm.length === 0 && (
        <Card>
          <EmptyState title={t('closeForm.none')} text={t('closeForm.noneText')} />
        </Card>
      )}
      {form.values.closeForm.map((field, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name before it is saved
        <FieldCard key={index} form={form} field={field} index={index} />
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('closeForm', { ...fresh })}
        >
          {t('closeForm.add')}
        </Button>
        <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}

type Form = UseFormReturnType<{ closeForm: CloseField[] }>;

function FieldCard({ form, field, index }: { form: Form; field: CloseField; index: number }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <TextInput
            required
            style={{ flex: 2, minWidth: 180 }}
            label={t('closeForm.label')}
            {...form.getInputProps(`closeForm.${index}.label`)}
          />
          <TextInput
            style={{ flex: 1, minWidth: 120 }}
            label={t('preChat.name')}
            placeholder={`field${index + 1}`}
            maxLength={100}
            {...form.getInputProps(`closeForm.${index}.name`)}
          />
          <Select
            style={{ flex: 1, minWidth: 120 }}
            label={t('closeForm.type')}
            data={types.map((value) => ({ value, label: t(`closeForm.${value}`) }))}
            {...form.getInputProps(`closeForm.${index}.type`)}
          />
          <ActionIcon
            size={34}
            aria-label={t('closeForm.remove', { name: field.label })}
            onClick={() => form.removeListItem('closeForm', index)}
          >
            <IconTrash size={17} />
          </ActionIcon>
        </Group>
        {field.type === 'select' && (
          <TagsInput
            label={t('closeForm.options')}
            {...form.getInputProps(`closeForm.${index}.options`)}
          />
        )}
        <Checkbox
          label={t('closeForm.required')}
          {...form.getInputProps(`closeForm.${index}.required`, { type: 'checkbox' })}
        />
      </Stack>
    </Card>
  );
}
