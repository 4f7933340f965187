// What the customer is called; an agent who learns the name writes it here.
import { ActionIcon, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useSave } from '../answers/use-save.ts';
import { useCan } from '../session/use-session.ts';
import classes from './panel.module.css';

export function ContactName({ conversation: { id, contact } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const can = useCan();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useSave({
    send: (name: string | null) =>
      ask(
        client.PATCH('/api/v1/contacts/{id}', {
          params: { path: { id: contact.id } },
          body: { name },
        }),
      ),
    touches: ['conversations'],
    onDone: (changed) => {
      queries.setQueryData(['contact', contact.id], changed);
      void queries.invalidateQueries({ queryKey: ['conversation', id] });
      setTyped(null);
    },
  });
  if (typed === null) {
    return (
      <span className={classes.called}>
        <strong className="cut">{contact.displayName}</strong>
        {can('contacts.write') && (
          <ActionIcon
            data-tip={t('contact.rename')}
            size={22}
            aria-label={t('contact.rename')}
            onClick={() => setTyped(contact.name ?? '')}
          >
            <IconPencil size={14} />
          </ActionIcon>
        )}
      </span>
    );
  }
  const keep = () => {
    if (save.isPending) return;
    const name = typed.trim();
    if (name === (contact.name ?? '')) setTyped(null);
    else save.mutate(name === '' ? null : name);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
    if (event.key === 'Escape') setTyped(null);
  };
  return (
    <TextInput
      autoFocus
      size="xs"
      aria-label={t('contact.called')}
      placeholder={contact.displayName}
      maxLength={255}
      value={typed}
      disabled={save.isPending}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKey}
      onBlur={keep}
    />
  );
}
