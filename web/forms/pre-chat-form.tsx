// What a visitor is asked before the first message.
import { ActionIcon, Button, Checkbox, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../api/shapes.ts';
import { CardForm } from './card-form.tsx';
import { sendChannel } from './send-channel.ts';

interface Field {
  name: string;
  label: string;
  required: boolean;
}
const MOST = 10;

export function PreChatForm({ channel: { id, config } }: { channel: Channel }) {
  const { t } = useTranslation();
  const { enabled = false, fields = [] } = (config.preChat ?? {}) as {
    enabled?: boolean;
    fields?: Field[];
  };
  const form = useForm({
    initialValues: { preChat: { enabled, fields } },
    validate: {
      preChat: {
        fields: {
          label: (label) => (label.trim() === '' ? t('form.required') : null),
          name: (name, { preChat }) => {
            if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name)) return t('preChat.nameForm');
            const alike = preChat.fields.filter((one) => one.name === name);
            return alike.length > 1 ? t('preChat.nameTwice') : null;
          },
        },
      },
    },
  });
  const asked = form.values.preChat.fields;
  return (
    <CardForm
      title={t('preChat.title')}
      note={t('preChat.note')}
      form={form}
      touches={['channels']}
      send={({ preChat }) => sendChannel(id, { config: { preChat } })}
    >
      <Switch
        label={t('preChat.enabled')}
        description={t('preChat.enabledHint')}
        {...form.getInputProps('preChat.enabled', { type: 'checkbox' })}
      />
      {asked.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('preChat.none')}
        </Text>
      )}
      {asked.map((field, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name before it is typed
        <Stack key={index} gap={6} role="group" aria-label={t('preChat.field', { no: index + 1 })}>
          <Group align="flex-start" gap="sm" wrap="nowrap">
            <TextInput
              required
              style={{ flex: 1, minWidth: 0 }}
              label={t('preChat.label')}
              description={t('preChat.labelHint')}
              maxLength={100}
              {...form.getInputProps(`preChat.fields.${index}.label`)}
            />
            <TextInput
              required
              style={{ flex: 1, minWidth: 0 }}
              label={t('preChat.name')}
              description={t('preChat.nameHint')}
              maxLength={50}
              {...form.getInputProps(`preChat.fields.${index}.name`)}
            />
          </Group>
          <Group justify="space-between">
            <Checkbox
              label={t('preChat.required')}
              {...form.getInputProps(`preChat.fields.${index}.required`, { type: 'checkbox' })}
            />
            <ActionIcon
              size={30}
              aria-label={t('preChat.remove', { name: field.label })}
              onClick={() => form.removeListItem('preChat.fields', index)}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        </Stack>
      ))}
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconPlus size={15} />}
        disabled={asked.length >= MOST}
        onClick={() => form.insertListItem('preChat.fields', nextField(asked))}
      >
        {t('preChat.add')}
      </Button>
    </CardForm>
  );
}

/** The widget knows `name` and `email`: they name the customer. */
function nextField(fields: readonly Field[]): Field {
  const free = ['name', 'email', 'phone'].find((name) => fields.every((one) => one.name !== name));
  return { name: free ?? '', label: '', required: false };
}
