// What a visitor is asked before the first message.
import { ActionIcon, Button, Checkbox, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { sendChannel } from '../../forms/send-channel.ts';

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
        <FieldRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name before it is typed
          key={index}
          no={index + 1}
          name={field.name}
          props={(part) => form.getInputProps(`preChat.fields.${index}.${part}`, typeOf(part))}
          onRemove={() => form.removeListItem('preChat.fields', index)}
        />
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

const typeOf = (part: keyof Field) =>
  ({ type: part === 'required' ? 'checkbox' : 'input' }) as const;

/** One question: its words, its name in the data, whether it must be answered. */
function FieldRow(props: {
  no: number;
  name: string;
  props(part: keyof Field): object;
  onRemove(): void;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap={6} role="group" aria-label={t('preChat.field', { no: props.no })}>
      <Group align="flex-start" gap="sm" wrap="nowrap">
        <TextInput
          required
          style={{ flex: 1, minWidth: 0 }}
          label={t('preChat.label')}
          description={t('preChat.labelHint')}
          maxLength={100}
          {...props.props('label')}
        />
        <TextInput
          required
          style={{ flex: 1, minWidth: 0 }}
          label={t('preChat.name')}
          description={t('preChat.nameHint')}
          maxLength={50}
          {...props.props('name')}
        />
      </Group>
      <Group justify="space-between">
        <Checkbox label={t('preChat.required')} {...props.props('required')} />
        <ActionIcon
          size={30}
          aria-label={t('preChat.remove', { name: props.name })}
          onClick={props.onRemove}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </Stack>
  );
}
