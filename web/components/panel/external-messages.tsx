// Sends a message by way of the company's own system, and shows how far each has come. Gone while nothing takes one.
import { Button, UnstyledButton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { externalMessagesQuery } from '../../api/queries.ts';
import type { ExternalMessage } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useKeys } from '../../live/use-keys.ts';
import { Pill, type Tone } from '../../ui/pill.tsx';
import { useSave } from '../answers/use-save.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';
import classes from './panel.module.css';

const sendDialog = partOf(async () => (await import('./external-dialog.tsx')).ExternalDialog);

const tones: Record<ExternalMessage['state'], Tone> = {
  sending: 'plain',
  sent: 'good',
  failed: 'bad',
};

export function ExternalMessages({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(externalMessagesQuery(contactId));
  const [opened, setOpened] = useState(false);
  const shown = data !== undefined && (data.available || data.items.length > 0);
  useKeys(data?.available ? { external: () => setOpened(true) } : {});
  if (!shown) return null;
  return (
    <section className={classes.section}>
      <h2>{t('external.title')}</h2>
      {data.available && (
        <div className={classes.integration}>
          {t('external.text')}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconSend size={14} />}
            onClick={() => setOpened(true)}
          >
            {t('external.run')}
          </Button>
        </div>
      )}
      {data.items.length > 0 && <div style={{ height: 8 }} />}
      {data.items.slice(0, 5).map((item) => (
        <Sent key={item.triggerId} item={item} />
      ))}
      {opened && (
        <OnDemand part={sendDialog} contactId={contactId} onClose={() => setOpened(false)} />
      )}
    </section>
  );
}

function Sent({ item }: { item: ExternalMessage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const failed = item.deliveries.find(({ state }) => state === 'failed');
  const status = failed?.status ?? failed?.outcome;
  const retry = useSave({
    send: (id: string) =>
      ask(client.POST('/api/v1/deliveries/{id}/redeliver', { params: { path: { id } } })),
    touches: ['external-messages'],
  });
  return (
    <div className={classes.sent}>
      {item.text}
      <div>
        <Pill tone={tones[item.state]}>
          {t(`external.${item.state}`)}
          {status ? ` (${status})` : ''}
        </Pill>
        {format.full(item.at)}
        {failed && (
          <UnstyledButton
            style={{ textDecoration: 'underline', fontSize: 12 }}
            onClick={() => retry.mutate(failed.id)}
          >
            {t('common.retry')}
          </UnstyledButton>
        )}
      </div>
    </div>
  );
}
