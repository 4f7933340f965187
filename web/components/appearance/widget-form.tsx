// How the chat looks on the company's pages.
import {
  Button,
  ColorInput,
  SegmentedControl,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../api/shapes.ts';
import { problemAtField } from '../../forms/problem-at-field.ts';
import { sendChannel } from '../../forms/send-channel.ts';
import { UnsavedGuard } from '../../forms/unsaved-guard.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';

export interface WidgetLook {
  title: string;
  greeting: string;
  quickReplies: string[];
  launcherText: string;
  colour: string;
  position: string;
  theme: string;
  showPoweredBy: boolean;
  allowedOrigins: string[];
}

export function readLook(config: Record<string, unknown>): WidgetLook {
  const text = (name: string, otherwise: string) =>
    typeof config[name] === 'string' ? (config[name] as string) : otherwise;
  return {
    title: text('title', ''),
    greeting: text('greeting', ''),
    quickReplies: Array.isArray(config.quickReplies) ? config.quickReplies : [],
    launcherText: text('launcherText', ''),
    colour: text('colour', '#1f6feb'),
    position: text('position', 'right'),
    theme: text('theme', 'auto'),
    showPoweredBy: config.showPoweredBy !== false,
    allowedOrigins: Array.isArray(config.allowedOrigins) ? config.allowedOrigins : [],
  };
}

export function WidgetForm(props: { channel: Channel; onLook(look: WidgetLook): void }) {
  const { channel, onLook } = props;
  const { t } = useTranslation();
  const form = useLookForm(readLook(channel.config));
  const { values } = form;
  useEffect(() => onLook(values), [values, onLook]);
  const save = useSave({
    // The server keeps what is absent: the other forms of the channel have that.
    send: (look: WidgetLook) => sendChannel(channel.id, { config: { ...look } }),
    touches: ['channels'],
    done: t('common.saved'),
    onDone: (_answer, sent) => form.resetDirty(sent),
    quiet: true,
  });
  const placed = problemAtField(save.error, Object.keys(values));
  const place = (error: Error) => {
    const named = problemAtField(error, Object.keys(values));
    if (named !== null) form.setFieldError(named.field, named.text);
  };
  return (
    <form onSubmit={form.onSubmit((look) => save.mutate(look, { onError: place }))}>
      <UnsavedGuard dirty={form.isDirty()} />
      <Stack gap="sm">
        <ProblemNote error={placed === null ? save.error : null} />
        <TextInput label={t('widget.title')} maxLength={100} {...form.getInputProps('title')} />
        <Textarea
          label={t('widget.greeting')}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('greeting')}
        />
        <TagsInput
          label={t('widget.quickReplies')}
          description={t('widget.quickRepliesHint')}
          maxTags={6}
          splitChars={[]}
          {...form.getInputProps('quickReplies')}
        />
        <TextInput
          label={t('widget.launcherText')}
          description={t('widget.launcherHint')}
          maxLength={50}
          {...form.getInputProps('launcherText')}
        />
        <ColorInput
          withEyeDropper={false}
          format="hex"
          label={t('tags.colour')}
          {...form.getInputProps('colour')}
        />
        <Choice name="position" choices={['right', 'left']} {...form.getInputProps('position')} />
        <Choice name="theme" choices={['auto', 'light', 'dark']} {...form.getInputProps('theme')} />
        <Switch
          label={t('widget.poweredBy')}
          {...form.getInputProps('showPoweredBy', { type: 'checkbox' })}
        />
        <TagsInput
          label={t('widget.origins')}
          description={t('widget.originsHint')}
          placeholder="https://www.example.com"
          {...form.getInputProps('allowedOrigins')}
        />
        <Button type="submit" w="fit-content" disabled={!form.isDirty()} loading={save.isPending}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}

function useLookForm(initialValues: WidgetLook) {
  const { t } = useTranslation();
  return useForm({
    initialValues,
    validate: {
      colour: (colour) => (/^#[0-9a-f]{6}$/i.test(colour) ? null : t('widget.colourForm')),
      quickReplies: (replies) =>
        replies.length > 6 || replies.some((reply) => [...reply].length > 80)
          ? t('widget.quickRepliesForm')
          : null,
      allowedOrigins: (origins) => {
        const odd = origins.find((origin) => !/^https?:\/\/[^/?#@]+$/.test(origin));
        return odd === undefined ? null : t('widget.originForm', { origin: odd });
      },
    },
  });
}

function Choice(props: { name: 'position' | 'theme'; choices: readonly string[] }) {
  const { name, choices, ...field } = props;
  const { t } = useTranslation();
  return (
    <div>
      <div style={{ fontSize: 13, fontWeight: 500, marginBottom: 4 }}>{t(`widget.${name}`)}</div>
      <SegmentedControl
        size="xs"
        aria-label={t(`widget.${name}`)}
        data={choices.map((value) => ({
          value,
          label: t(`widget.${name}.${value as 'left'}` as 'widget.position.left'),
        }))}
        {...field}
      />
    </div>
  );
}
