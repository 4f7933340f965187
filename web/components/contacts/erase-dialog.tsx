// Erases a person once their name has been typed.
import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Contact } from '../../api/shapes.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { toasts } from '../../ui/toasts.tsx';
import { useSave } from '../answers/use-save.ts';
import classes from './contacts.module.css';

export function EraseDialog(props: { contact: Contact; onClose(): void; onErased(): void }) {
  const { contact, onClose, onErased } = props;
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const save = useSave({
    send: () =>
      ask(
        client.POST('/api/v1/contacts/{id}/erase', {
          params: { path: { id: contact.id } },
          body: { confirm: typed },
        }),
      ),
    quiet: true,
    onDone: ({ conversations, messages, files }) => {
      toasts.show({ message: t('contacts.erased', { conversations, messages, files }) });
      onErased();
      for (const key of ['contacts', 'conversations', 'counts']) {
        void queries.invalidateQueries({ queryKey: [key] });
      }
    },
  });
  return (
    <FormDialog
      title={t('contacts.erase')}
      label={t('contacts.erase')}
      onClose={onClose}
      save={save as never}
      dirty={typed !== ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (typed !== '') save.mutate(undefined);
      }}
    >
      <p className={classes.soft}>{t('contacts.eraseText')}</p>
      <TextInput
        data-autofocus
        autoComplete="off"
        label={t('contacts.eraseConfirm', { name: contact.displayName })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
