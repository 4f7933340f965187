// Why a person, or an address, is blocked: it is on record.
import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { FormDialog } from '../../forms/form-dialog.tsx';
import { useSave } from '../answers/use-save.ts';
import classes from './contacts.module.css';

type Blocked = { contactId: string } | { network: string };

export function BlockDialog({ of, onClose }: { of: Blocked; onClose(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [network, setNetwork] = useState('network' in of ? of.network : '');
  const save = useSave({
    send: (): Promise<unknown> =>
      'contactId' in of
        ? ask(
            client.POST('/api/v1/contacts/{id}/block', {
              params: { path: { id: of.contactId } },
              body: { reason },
            }),
          )
        : ask(
            client.POST('/api/v1/blocked-networks', { body: { network: network.trim(), reason } }),
          ),
    quiet: true,
    onDone: () => {
      void queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('contacts.block')}
      label={t('contacts.block')}
      onClose={onClose}
      save={save as never}
      dirty={reason !== ''}
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') save.mutate(undefined);
      }}
    >
      <p className={classes.soft}>
        {'contactId' in of ? t('contacts.blockText') : t('contacts.networksNote')}
      </p>
      {'network' in of && (
        <TextInput
          required
          label={t('contacts.network')}
          maxLength={64}
          value={network}
          onChange={(event) => setNetwork(event.currentTarget.value)}
        />
      )}
      <TextInput
        required
        data-autofocus
        label={t('contacts.reason')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
