// For how long something is kept: for ever, or for so many days.
import { NumberInput, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { CardForm } from '../../forms/card-form.tsx';

const USUAL_DAYS = 365;

interface Values {
  limited: boolean;
  days: number | string;
}

export function RetentionForm({
  days,
  least,
  limitedLabel,
  send,
  ...card
}: {
  /** null: for ever. */
  days: number | null;
  least: number;
  limitedLabel: string;
  send: (days: number | null) => Promise<unknown>;
} & Pick<ComponentProps<typeof CardForm<Values>>, 'title' | 'note' | 'touches'>) {
  const { t } = useTranslation();
  const form = useForm<Values>({
    initialValues: { limited: days !== null, days: days ?? USUAL_DAYS },
    validate: {
      days: (wanted, { limited }) =>
        limited && typeof wanted !== 'number' ? t('form.required') : null,
    },
  });
  return (
    <CardForm
      {...card}
      form={form}
      send={({ limited, days: wanted }) => send(limited ? Number(wanted) : null)}
    >
      <Switch label={limitedLabel} {...form.getInputProps('limited', { type: 'checkbox' })} />
      {form.values.limited && (
        <NumberInput
          maw={320}
          label={t('data.days')}
          min={least}
          max={36_500}
          {...form.getInputProps('days')}
        />
      )}
    </CardForm>
  );
}
