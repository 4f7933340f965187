// Mails what was said to the contact, where there is a mail server and the contact has an address.
import { Menu } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mailServerQuery } from '../../api/admin-queries.ts';
import { ask, client } from '../../api/client.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';

export function TranscriptItem({ conversation: { id, contact } }: { conversation: Conversation }) {
  const { t, i18n } = useTranslation();
  const from = useQuery(mailServerQuery).data?.from ?? null;
  const { email } = contact;
  const send = useSave({
    send: () =>
      ask(
        client.POST('/api/v1/conversations/{id}/transcript', {
          params: { path: { id } },
          body: { language: i18n.language },
        }),
      ),
    done: t('verb.transcriptDone', { email }),
  });
  if (from === null || email === null) return null;
  return (
    <Menu.Item leftSection={<IconMail size={16} />} onClick={() => send.mutate(undefined)}>
      {t('verb.transcript')}
    </Menu.Item>
  );
}
