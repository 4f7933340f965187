// Whether agents may ask the language model, what of a conversation goes to it, and whether it answers.
import { Alert, Button, Group, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem, ask, client } from '../../api/client.ts';
import { assistanceQuery } from '../../api/queries.ts';
import type { Settings } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';

export function ModelForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { assistance, assistanceMasks, assistanceNotes, assistanceReplies } = settings;
  const form = useForm({
    initialValues: { assistance, assistanceMasks, assistanceNotes, assistanceReplies },
  });
  const { data } = useQuery(assistanceQuery);
  if (data === undefined) return null;
  const { host, model } = data;
  if (host === null || model === null) {
    return <Card title={t('model.title')}>{t('model.missing')}</Card>;
  }
  return (
    <CardForm
      title={t('model.title')}
      note={t('model.where', { host, model })}
      form={form}
      touches={['settings', 'assistance']}
      send={(body) => ask(client.PATCH('/api/v1/settings', { body }))}
    >
      <Switch
        label={t('model.on')}
        description={t('model.onText')}
        {...form.getInputProps('assistance', { type: 'checkbox' })}
      />
      <Switch
        label={t('model.masks')}
        description={t('model.masksText')}
        {...form.getInputProps('assistanceMasks', { type: 'checkbox' })}
      />
      <Switch
        label={t('model.notes')}
        description={t('model.notesText')}
        {...form.getInputProps('assistanceNotes', { type: 'checkbox' })}
      />
      <Switch
        label={t('model.canned')}
        {...form.getInputProps('assistanceReplies', { type: 'checkbox' })}
      />
      <ModelTest />
    </CardForm>
  );
}

function ModelTest() {
  const { t } = useTranslation();
  const format = useFormat();
  const test = useSave({
    send: () => ask(client.POST('/api/v1/assistance/test')),
    quiet: true,
  });
  const { data, error } = test;
  return (
    <>
      <Group gap="sm">
        <Button
          variant="default"
          size="compact-md"
          loading={test.isPending}
          onClick={() => test.mutate(undefined)}
        >
          {t('model.test')}
        </Button>
        <span role="status">
          {data !== undefined &&
            t('model.ready', { seconds: format.number(Math.ceil(data.tookMs / 100) / 10) })}
        </span>
      </Group>
      {error !== null && (
        <Alert color="red" variant="outline" role="alert">
          {problemText(error)}
          {/* The server knows more than the words for everybody: its address and what it said. */}
          {error instanceof ApiProblem && <div lang="en">{error.message}</div>}
        </Alert>
      )}
    </>
  );
}
