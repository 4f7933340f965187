// What pushes to agents' devices say, and whether phones that do not answer them count.
import { NumberInput, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Settings } from '../../api/shapes.ts';
import { CardForm } from '../../forms/card-form.tsx';

const USUAL_SECONDS = 30;

interface Values {
  pushTexts: boolean;
  answers: boolean;
  asleepAnswerSeconds: number | string;
}

export function PushForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const { pushTexts, asleepAnswerSeconds: seconds } = settings;
  const form = useForm<Values>({
    initialValues: {
      pushTexts,
      answers: seconds !== null,
      asleepAnswerSeconds: seconds ?? USUAL_SECONDS,
    },
    validate: {
      asleepAnswerSeconds: (wanted, { answers }) =>
        answers && typeof wanted !== 'number' ? t('form.required') : null,
    },
  });
  const send = ({ answers, asleepAnswerSeconds, ...rest }: Values) => {
    const body = { ...rest, asleepAnswerSeconds: answers ? Number(asleepAnswerSeconds) : null };
    return ask(client.PATCH('/api/v1/settings', { body }));
  };
  return (
    <CardForm
      title={t('push.settings')}
      note={t('push.settingsText')}
      form={form}
      touches={['settings']}
      send={send}
    >
      <Switch
        label={t('push.texts')}
        description={t('push.textsText')}
        {...form.getInputProps('pushTexts', { type: 'checkbox' })}
      />
      <Switch
        label={t('push.answers')}
        description={t('push.answersText')}
        {...form.getInputProps('answers', { type: 'checkbox' })}
      />
      {form.values.answers && (
        <NumberInput
          maw={320}
          label={t('push.seconds')}
          suffix={` ${t('seconds.sign')}`}
          min={5}
          max={600}
          allowDecimal={false}
          {...form.getInputProps('asleepAnswerSeconds')}
        />
      )}
    </CardForm>
  );
}
