// The networks from which web chat is refused: why, by whom, and how that is lifted.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { blockedNetworksQuery } from '../../api/contact-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useSave } from '../answers/use-save.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { BlockDialog } from './block-dialog.tsx';
import classes from './contacts.module.css';

export function BlockedNetworks() {
  const { t } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  const [adding, setAdding] = useState(false);
  const query = useQuery(blockedNetworksQuery);
  const lift = useSave({
    send: (id: string) =>
      ask(client.DELETE('/api/v1/blocked-networks/{id}', { params: { path: { id } } })),
    touches: ['blocked-networks'],
  });
  return (
    <Card
      title={t('contacts.networks')}
      note={t('contacts.networksNote')}
      actions={
        <Button size="xs" variant="default" onClick={() => setAdding(true)}>
          {t('contacts.block')}
        </Button>
      }
    >
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className={classes.soft}>{t('contacts.networksNone')}</p>}
      <ul className={classes.list}>
        {query.data?.map(({ id, network, reason, at, by }) => (
          <li key={id} className={classes.line}>
            <strong>{network}</strong>
            <span>{reason}</span>
            <span className={classes.soft}>
              {nameActor(by)} · {format.full(at)}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('contacts.liftNetwork', { network })}
              loading={lift.isPending && lift.variables === id}
              onClick={() => lift.mutate(id)}
            >
              {t('contacts.lift')}
            </Button>
          </li>
        ))}
      </ul>
      {adding && <BlockDialog of={{ network: '' }} onClose={() => setAdding(false)} />}
    </Card>
  );
}
