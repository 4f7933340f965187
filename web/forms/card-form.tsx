// A card of settings: its fields, refusals at the field they name, and no loss of typed text.
import { Button, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../components/answers/problem-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import { Card } from '../ui/page.tsx';
import { problemAtField } from './problem-at-field.ts';
import { UnsavedGuard } from './unsaved-guard.tsx';

export function CardForm<Values extends object>(props: {
  title: string;
  note?: string;
  form: UseFormReturnType<Values>;
  send(values: Values): Promise<unknown>;
  /** First parts of the keys of what may be different now. */
  touches: readonly string[];
  /** What the form holds after that; what was sent unless given, so that secrets are forgotten. */
  then?(sent: Values): Values;
  children: ReactNode;
}) {
  const { form, send, touches, then = (sent) => sent } = props;
  const { t } = useTranslation();
  const save = useSave({
    send,
    touches,
    done: t('common.saved'),
    quiet: true,
    onDone: (_answer, sent) => {
      // What was typed meanwhile stays, and is not saved.
      if (same(form.getValues(), sent)) form.setValues(then(sent));
      form.resetDirty(then(sent));
    },
  });
  const place = (error: unknown) => {
    const placed = problemAtField(error, Object.keys(form.values));
    if (placed !== null) form.setFieldError(placed.field, placed.text);
  };
  const isPlaced = problemAtField(save.error, Object.keys(form.values)) !== null;
  return (
    <Card title={props.title} {...(props.note !== undefined && { note: props.note })}>
      <form
        onSubmit={form.onSubmit((values) => save.mutate(values, { onError: place }))}
        noValidate
      >
        <Stack gap="sm" maw={480}>
          <ProblemNote error={isPlaced ? null : save.error} />
          {props.children}
          <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
      <UnsavedGuard dirty={form.isDirty()} />
    </Card>
  );
}

const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);
