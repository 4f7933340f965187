// What can be done about a contact, as far as whoever looks may: merge, block, export, erase.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Contact } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';
import { useCan, useSession } from '../session/use-session.ts';

export function ContactActions(props: {
  contact: Contact;
  onAsk(what: 'start' | 'merge' | 'block' | 'erase'): void;
}) {
  const { contact, onAsk } = props;
  const { t } = useTranslation();
  const can = useCan();
  const { user } = useSession();
  const queries = useQueryClient();
  const unblock = useSave({
    send: () =>
      ask(client.POST('/api/v1/contacts/{id}/unblock', { params: { path: { id: contact.id } } })),
    done: t('contacts.unblocked'),
    onDone: () => void queries.invalidateQueries(),
  });
  const exported = useExport(contact.id);
  const button = { size: 'xs', variant: 'default' } as const;
  return (
    <>
      {can('conversations.work') && user.agentId !== null && (
        <Button size="xs" onClick={() => onAsk('start')}>
          {t('contacts.write')}
        </Button>
      )}
      {can('contacts.merge') && (
        <Button {...button} onClick={() => onAsk('merge')}>
          {t('contacts.merge')}
        </Button>
      )}
      {can('contacts.block') && (
        <Button
          {...button}
          loading={unblock.isPending}
          onClick={() => (contact.blockedAt === null ? onAsk('block') : unblock.mutate(undefined))}
        >
          {t(contact.blockedAt === null ? 'contacts.block' : 'contacts.unblock')}
        </Button>
      )}
      {can('contacts.erase') && (
        <>
          <Button
            {...button}
            loading={exported.isPending}
            onClick={() => exported.mutate(undefined)}
          >
            {t('contacts.export')}
          </Button>
          <Button {...button} color="red" variant="outline" onClick={() => onAsk('erase')}>
            {t('contacts.erase')}
          </Button>
        </>
      )}
    </>
  );
}

/** By a request, not a link: it may have to be proved first who asks. */
function useExport(id: string) {
  return useSave({
    send: async () => {
      const document = (await ask(
        client.GET('/api/v1/contacts/{id}/export', { params: { path: { id } } }) as never,
      )) as object;
      const url = URL.createObjectURL(
        new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' }),
      );
      Object.assign(window.document.createElement('a'), {
        href: url,
        download: `contact-${id}.json`,
      }).click();
      URL.revokeObjectURL(url);
    },
  });
}
