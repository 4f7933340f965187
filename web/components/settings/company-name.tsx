// What the company is called: the title of its pages and mails, and of a chat that has no title yet.
import { Button, Group, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import { ask, client } from '../../api/client.ts';
import type { Channel } from '../../api/shapes.ts';
import { readText, sendChannel } from '../../forms/send-channel.ts';
import { UnsavedGuard } from '../../forms/unsaved-guard.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';

export function CompanyName({ channels }: { channels: readonly Channel[] }) {
  const { t } = useTranslation();
  const form = useForm({ initialValues: { name: '' } });
  const save = useSave({
    send: async (name: string) => {
      await ask(client.PATCH('/api/v1/settings', { body: { branding: { pageTitle: name } } }));
      for (const { id, kind, config } of channels) {
        if (channelKinds[kind].visitors !== 'here' || readText(config, 'title') !== '') continue;
        await sendChannel(id, { config: { title: name } });
      }
    },
    touches: ['settings', 'channels'],
    done: t('common.saved'),
    quiet: true,
    onDone: () => form.reset(),
  });
  return (
    <form
      onSubmit={form.onSubmit(({ name }) => {
        if (name.trim() === '') form.setFieldError('name', t('welcome.companyMissing'));
        else save.mutate(name.trim());
      })}
    >
      <UnsavedGuard dirty={form.isDirty()} />
      <ProblemNote error={save.error} />
      <Group gap={8} mt={8} align="flex-start">
        <TextInput
          size="xs"
          maxLength={100}
          autoComplete="organization"
          aria-label={t('welcome.company')}
          flex={1}
          {...form.getInputProps('name')}
        />
        <Button type="submit" size="xs" loading={save.isPending}>
          {t('common.save')}
        </Button>
      </Group>
    </form>
  );
}
