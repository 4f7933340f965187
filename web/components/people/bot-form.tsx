// Makes or changes a bot: what it is called, where it hears of what it has, how much it takes, and whether it is there.
import { NumberInput, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Agent } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { makeSecret } from '../../forms/make-secret.ts';
import { SecretField } from '../../forms/secret-field.tsx';
import { useSave } from '../answers/use-save.ts';

const CAPACITY = 100;

/** `bot: null`: a new one. */
export function BotForm({ bot, onClose }: { bot: Agent | null; onClose(): void }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: readValues(bot) });
  const save = useSave({
    send: (values: Values) => sendBot(bot, values),
    touches: ['agents', 'queue'],
    onDone: onClose,
    quiet: true,
  });
  return (
    <FormDialog
      title={bot === null ? t('bot.add') : t('agent.edit', { name: bot.name })}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <TextInput
        data-autofocus
        label={t('form.name')}
        required
        maxLength={255}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('bot.url')}
        description={bot === null ? undefined : t('bot.urlText')}
        placeholder={bot?.webhook?.host ?? 'https://'}
        type="url"
        required={bot === null}
        maxLength={2048}
        {...form.getInputProps('webhook.url')}
      />
      <SecretField
        label={t('bot.secret')}
        description={t('bot.secretText')}
        make={makeSecret}
        {...form.getInputProps('webhook.secret')}
      />
      <NumberInput
        label={t('agent.capacity')}
        min={0}
        max={1000}
        allowDecimal={false}
        {...form.getInputProps('capacity')}
      />
      {bot === null && (
        <Text size="sm" c="dimmed">
          {t('bot.tokenText')}
        </Text>
      )}
      {bot !== null && (
        <Switch label={t('bot.on')} {...form.getInputProps('availability', { type: 'checkbox' })} />
      )}
    </FormDialog>
  );
}

type Values = ReturnType<typeof readValues>;

function readValues(bot: Agent | null) {
  return {
    name: bot?.name ?? '',
    webhook: { url: '', secret: null as string | null },
    capacity: (bot?.capacity ?? CAPACITY) as number | string,
    availability: bot?.availability === 'online',
  };
}

async function sendBot(bot: Agent | null, values: Values): Promise<void> {
  const { name, webhook: typed, availability } = values;
  const capacity = typeof values.capacity === 'number' ? values.capacity : CAPACITY;
  const secret = typed.secret === null ? {} : { secret: typed.secret };
  const heard = { ...secret, ...(typed.url !== '' && { url: typed.url }) };
  const webhook = Object.keys(heard).length === 0 ? {} : { webhook: heard };
  if (bot === null) {
    const body = { kind: 'bot' as const, name, capacity, ...webhook };
    await ask(client.POST('/api/v1/agents', { body }));
    return;
  }
  const params = { path: { id: bot.id } };
  const isOn = bot.availability === 'online';
  const there = { availability: availability ? ('online' as const) : ('away' as const) };
  const body = { name, capacity, ...webhook, ...(availability !== isOn && there) };
  await ask(client.PATCH('/api/v1/agents/{id}', { params, body }));
}
