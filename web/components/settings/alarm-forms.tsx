// When there is an alarm, and who is told of it.
import { NumberInput, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { AlarmRules } from '../../api/admin-queries.ts';
import { ask, client } from '../../api/client.ts';
import { CardForm } from '../../forms/card-form.tsx';

const touches = ['alarm-rules', 'alarms'];
const toNumber = (typed: number | string) => (typeof typed === 'number' ? typed : null);

export function AlarmKindsForm({ rules }: { rules: AlarmRules }) {
  const { t } = useTranslation();
  const form = useForm<{
    endpointFailures: number | string;
    missedTargets: number | string;
    waitingMinutes: number | string;
    channelFailing: boolean;
    diskLow: boolean;
  }>({
    initialValues: {
      endpointFailures: rules.endpointFailures ?? '',
      missedTargets: rules.missedTargets ?? '',
      waitingMinutes: rules.waitingMinutes ?? '',
      channelFailing: rules.channelFailing,
      diskLow: rules.diskLow,
    },
  });
  const count = (name: 'endpointFailures' | 'missedTargets' | 'waitingMinutes', max: number) => (
    <NumberInput
      label={t(`alarms.${name}`)}
      min={1}
      max={max}
      allowDecimal={false}
      {...form.getInputProps(name)}
    />
  );
  return (
    <CardForm
      title={t('alarms.kinds')}
      note={t('alarms.kindsText')}
      form={form}
      touches={touches}
      send={({ channelFailing, diskLow, ...numbers }) =>
        ask(
          client.PATCH('/api/v1/alarm-rules', {
            body: {
              ...{ channelFailing, diskLow },
              endpointFailures: toNumber(numbers.endpointFailures),
              missedTargets: toNumber(numbers.missedTargets),
              waitingMinutes: toNumber(numbers.waitingMinutes),
            },
          }),
        )
      }
    >
      {count('endpointFailures', 1000)}
      {count('missedTargets', 100_000)}
      {count('waitingMinutes', 1440)}
      <Switch
        label={t('alarms.channelFailing')}
        {...form.getInputProps('channelFailing', { type: 'checkbox' })}
      />
      <Switch
        label={t('alarms.diskLow')}
        {...form.getInputProps('diskLow', { type: 'checkbox' })}
      />
    </CardForm>
  );
}

export function AlarmWaysForm({ rules, mails }: { rules: AlarmRules; mails: boolean }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      mailTo: rules.mailTo.join('\n'),
      slackUrl: '',
      webhookUrl: rules.webhookUrl ?? '',
      webhookSecret: '',
    },
  });
  return (
    <CardForm
      title={t('alarms.ways')}
      form={form}
      touches={touches}
      then={(sent) => ({ ...sent, slackUrl: '', webhookSecret: '' })}
      send={({ mailTo, slackUrl, webhookUrl, webhookSecret }) =>
        ask(
          client.PATCH('/api/v1/alarm-rules', {
            body: {
              mailTo: mailTo.split(/[\s,;]+/).filter((one) => one !== ''),
              webhookUrl: webhookUrl.trim() || null,
              ...(slackUrl.trim() !== '' && { slackUrl: slackUrl.trim() }),
              ...(webhookSecret !== '' && { webhookSecret }),
            },
          }),
        )
      }
    >
      <Textarea
        label={t('alarms.mailTo')}
        description={mails ? t('alarms.mailToText') : t('mails.off')}
        autosize
        minRows={2}
        {...form.getInputProps('mailTo')}
      />
      <PasswordInput
        label={t('alarms.slack')}
        description={rules.slack ? t('alarms.slackSet') : undefined}
        autoComplete="off"
        placeholder="https://hooks.slack.com/services/…"
        {...form.getInputProps('slackUrl')}
      />
      <TextInput
        label={t('alarms.webhook')}
        placeholder="https://"
        {...form.getInputProps('webhookUrl')}
      />
      <PasswordInput
        label={t('alarms.webhookSecret')}
        description={rules.webhookSigned ? t('alarms.webhookSet') : undefined}
        autoComplete="new-password"
        {...form.getInputProps('webhookSecret')}
      />
    </CardForm>
  );
}
