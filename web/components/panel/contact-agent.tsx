// The agent to whom the customer belongs: plans that know sticky agents prefer them, or wait for them.
import { NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Contact } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';
import { useCan } from '../session/use-session.ts';

const NOBODY = '';

export function ContactAgent({ contact: { id, agentId } }: { contact: Contact }) {
  const { t } = useTranslation();
  const can = useCan();
  // A contact belongs to a person; one that the API gave to a bot is shown as it is.
  const agents = (useQuery(agentsQuery).data ?? []).filter(
    (one) => one.kind !== 'bot' || one.id === agentId,
  );
  const queries = useQueryClient();
  const save = useSave({
    send: (chosen: string | null) =>
      ask(
        client.PATCH('/api/v1/contacts/{id}', {
          params: { path: { id } },
          body: { agentId: chosen },
        }),
      ),
    onDone: (contact) => queries.setQueryData(['contact', id], contact),
  });
  const chosen = save.isPending ? save.variables : agentId;
  return (
    <NativeSelect
      mt="sm"
      size="xs"
      label={t('contact.belongsTo')}
      disabled={!can('contacts.write')}
      value={chosen ?? NOBODY}
      data={[
        { value: NOBODY, label: t('contact.belongsToNobody') },
        ...agents.map((one) => ({ value: one.id, label: one.name })),
      ]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        save.mutate(value === NOBODY ? null : value);
      }}
    />
  );
}
