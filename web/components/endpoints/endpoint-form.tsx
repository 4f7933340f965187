// An address that events are sent to: where, signed with what, checked how, which events.
import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { type UseFormReturnType, useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { eventTypes, type GitpleType, gitpleTypes } from '../../../src/contract/event-types.ts';
import { ask, client } from '../../api/client.ts';
import type { Endpoint, EndpointCreation } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { makeSecret } from '../../forms/make-secret.ts';
import { PasswordField } from '../../forms/password-field.tsx';
import { Select } from '../../ui/select.tsx';
import { useSave } from '../answers/use-save.ts';
import { listWarnings } from './endpoint-warnings.ts';
import classes from './endpoints.module.css';

/** How long the old secret signs too, unless chosen otherwise. */
const DAY = 86_400;
type Events = EndpointCreation['events'];
const gitpleNames = Object.keys(gitpleTypes) as GitpleType[];

export function EndpointForm(props: {
  endpoint: Endpoint | null;
  onClose(): void;
  onSaved(endpoint: Endpoint & { librarySecret?: string }): void;
}) {
  const { endpoint, onClose, onSaved } = props;
  const { t } = useTranslation();
  const [withSecret, setWithSecret] = useState(endpoint === null);
  const form = useForm({ initialValues: readValues(endpoint) });
  const save = useSave({
    send: (values: Values) => sendEndpoint(endpoint, values, withSecret),
    touches: ['endpoints', 'external-messages'],
    onDone: (saved) => onSaved(saved as Endpoint),
    quiet: true,
  });
  const { url, verifyTls, secret } = form.values;
  const warnings = listWarnings({ url, verifyTls, hasSecret: !withSecret || secret !== '' });
  return (
    <FormDialog
      size="lg"
      title={endpoint === null ? t('endpoint.add') : t('endpoint.edit')}
      onClose={onClose}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      save={save}
      dirty={form.isDirty()}
    >
      <Switch
        label={t('endpoint.enabled')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
      <TextInput
        data-autofocus
        required
        type="url"
        label="URL"
        placeholder="https://"
        maxLength={2048}
        {...form.getInputProps('url')}
      />
      {withSecret ? (
        <SecretFields form={form} keepsOld={endpoint?.hasSecret === true} />
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          onClick={() => setWithSecret(true)}
        >
          {t('endpoint.newSecret')}
        </Button>
      )}
      <Switch
        label={t('endpoint.verifyTls')}
        description={t('endpoint.verifyTlsHint')}
        {...form.getInputProps('verifyTls', { type: 'checkbox' })}
      />
      {warnings.map((key) => (
        <div key={key} style={{ color: 'var(--warn)', fontSize: 13 }}>
          {t(key)}
        </div>
      ))}
      <BodyFields form={form} />
      <EventBoxes {...form.getInputProps('events')} />
    </FormDialog>
  );
}

type Values = ReturnType<typeof readValues>;

function readValues(endpoint: Endpoint | null) {
  return {
    url: endpoint?.url ?? '',
    secret: '',
    verifyTls: endpoint?.verifyTls ?? true,
    enabled: endpoint?.enabled ?? true,
    signatureEncoding: endpoint?.signatureEncoding ?? ('hex' as const),
    absentTimes: endpoint?.absentTimes ?? ('omit' as const),
    keepOldSecretSeconds: DAY as number | string,
    events: (endpoint?.events ?? gitpleNames) as Events,
  };
}

/** `withSecret`: it is another one from now on. */
function sendEndpoint(endpoint: Endpoint | null, values: Values, withSecret: boolean) {
  const { secret, keepOldSecretSeconds, ...rest } = values;
  if (endpoint === null) {
    return ask(client.POST('/api/v1/endpoints', { body: { ...rest, secret } }));
  }
  const keeps = endpoint.hasSecret && typeof keepOldSecretSeconds === 'number';
  const body = { ...rest, ...(withSecret && { secret, ...(keeps && { keepOldSecretSeconds }) }) };
  const params = { path: { id: endpoint.id } };
  return ask(client.PATCH('/api/v1/endpoints/{id}', { params, body }));
}

function SecretFields({ form, keepsOld }: { form: UseFormReturnType<Values>; keepsOld: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <PasswordField
          style={{ flex: 1 }}
          label={t('endpoint.secret')}
          description={t('endpoint.secretHint')}
          autoComplete="off"
          {...form.getInputProps('secret')}
        />
        <Button variant="default" onClick={() => form.setFieldValue('secret', makeSecret())}>
          {t('endpoint.generate')}
        </Button>
      </Group>
      {keepsOld && (
        <NumberInput
          label={t('endpoint.keepOld')}
          description={t('endpoint.keepOldHint')}
          suffix={` ${t('seconds.sign')}`}
          min={0}
          max={604_800}
          step={3600}
          allowDecimal={false}
          {...form.getInputProps('keepOldSecretSeconds')}
        />
      )}
    </>
  );
}

/** How its bodies are signed, and how they say that there is no time. */
function BodyFields({ form }: { form: UseFormReturnType<Values> }) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Select
        label={t('endpoint.encoding')}
        description={t('endpoint.encodingHint')}
        data={['hex', 'base64']}
        {...form.getInputProps('signatureEncoding')}
      />
      <Select
        label={t('endpoint.absent')}
        description={t('endpoint.absentHint')}
        data={(['omit', 'null'] as const).map((value) => ({
          value,
          label: t(`endpoint.absent.${value}`),
        }))}
        {...form.getInputProps('absentTimes')}
      />
    </SimpleGrid>
  );
}

function EventBoxes({ value = [], onChange }: { value?: Events; onChange(events: Events): void }) {
  const { t } = useTranslation();
  return (
    <Checkbox.Group
      label={t('endpoint.events')}
      value={value}
      onChange={(events) => onChange(events as Events)}
    >
      <Stack gap="sm" mt={6}>
        <div className={classes.events}>
          {eventTypes.map((type) => (
            <Checkbox
              key={type}
              value={type}
              label={type}
              description={t(`event.${type}`)}
              size="xs"
            />
          ))}
        </div>
        <div className={classes.events}>
          {gitpleNames.map((type) => (
            <Checkbox key={type} value={type} label={`${t(`bind.${type}`)} (${type})`} size="xs" />
          ))}
        </div>
      </Stack>
    </Checkbox.Group>
  );
}
