// One thing that is known of a contact, changed in its place; what a colleague has changed meanwhile is not overwritten.
import { ActionIcon, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Contact } from '../../api/shapes.ts';
import { Copy, Fact } from '../../ui/facts.tsx';
import { useSave } from '../answers/use-save.ts';
import { useCan } from '../session/use-session.ts';
import classes from './contacts.module.css';

const longest = { name: 255, email: 255, phone: 50, lang: 35 };

export function EditedFact(props: {
  contact: Contact;
  field: keyof typeof longest;
  label: string;
  /** The value in words, where it is no text that anybody would copy. */
  shown?: string | undefined;
}) {
  const { contact, field, label, shown } = props;
  const { t } = useTranslation();
  const can = useCan();
  const [typed, setTyped] = useState<string | null>(null);
  const save = useSaveField(contact, field, () => setTyped(null));
  const now = contact[field];
  if (typed === null) {
    return (
      <Fact name={label}>
        <span className={classes.value}>
          <span>{shown ?? now ?? '–'}</span>
          {now !== null && shown === undefined && (
            <Copy value={now} label={t('contact.copy', { what: label })} />
          )}
          {can('contacts.write') && (
            <ActionIcon
              size={20}
              aria-label={t('contacts.change', { what: label })}
              onClick={() => setTyped(now ?? '')}
            >
              <IconPencil size={14} />
            </ActionIcon>
          )}
        </span>
      </Fact>
    );
  }
  const keep = () => {
    if (save.isPending) return;
    const next = typed.trim() === '' ? null : typed.trim();
    if (next === now) setTyped(null);
    else save.mutate(next);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) keep();
    if (event.key === 'Escape') setTyped(null);
  };
  return (
    <Fact name={label}>
      <TextInput
        autoFocus
        size="xs"
        aria-label={label}
        maxLength={longest[field]}
        value={typed}
        disabled={save.isPending}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKey}
        onBlur={keep}
      />
    </Fact>
  );
}

function useSaveField(contact: Contact, field: keyof typeof longest, onEnd: () => void) {
  const queries = useQueryClient();
  const { id } = contact;
  const save = useSave({
    send: (next: string | null) =>
      ask(
        client.PATCH('/api/v1/contacts/{id}', {
          params: { path: { id } },
          body: { [field]: next, was: { [field]: contact[field] } },
        }),
      ).catch((error: unknown) => {
        // What somebody else has written is shown before it is written over.
        void queries.invalidateQueries({ queryKey: ['contact', id] });
        onEnd();
        throw error;
      }),
    touches: ['contacts', 'conversations'],
    onDone: (changed) => {
      queries.setQueryData(['contact', id], changed);
      onEnd();
    },
  });
  return save;
}
