// What is on record beside the conversations: identities, what was merged, visits, notes.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { ContactRecord } from '../../api/shapes.ts';
import { sideBySide } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { AskFirst } from '../../ui/ask-first.tsx';
import { Copy } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';
import { useSave } from '../answers/use-save.ts';
import { nameBrowser } from '../naming/name-browser.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { useCan } from '../session/use-session.ts';
import classes from './contacts.module.css';

export function Identities({ record }: { record: ContactRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('contacts.identities')}>
      <ul className={classes.list}>
        {record.identities.map((one) => (
          <li key={one.id}>
            <span className={classes.line}>
              <strong>{one.channelName}</strong>
              <span className={classes.value}>
                <span>{one.externalId}</span>
                <Copy value={one.externalId} label={t('contact.copy', { what: one.channelName })} />
              </span>
            </span>
            <span className={classes.soft}>
              {sideBySide([one.name, one.email, one.phone, format.day(one.seenAt)])}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Merges({ contactId, record }: { contactId: string; record: ContactRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  const can = useCan();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<string | null>(null);
  const part = useSave({
    send: (mergeId: string) =>
      ask(
        client.POST('/api/v1/contacts/{id}/merges/{mergeId}/undo', {
          params: { path: { id: contactId, mergeId } },
        }),
      ),
    done: t('contacts.parted'),
    onDone: () => void queries.invalidateQueries(),
  });
  if (record.merges.length === 0) return null;
  return (
    <Card title={t('contacts.merges')}>
      <ul className={classes.list}>
        {record.merges.map(({ id, mergedName: name, at, by, undoneAt, undoneBy }) => (
          <li key={id}>
            {t('contacts.merged', { name, who: nameActor(by), when: format.full(at) })}{' '}
            {undoneAt !== null && (
              <span className={classes.soft}>
                {t('contacts.merged.undone', {
                  who: nameActor(undoneBy ?? 'system'),
                  when: format.full(undoneAt),
                })}
              </span>
            )}
            {undoneAt === null && can('contacts.merge') && (
              <Button size="compact-xs" variant="default" onClick={() => setAsked(id)}>
                {t('contacts.part')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <AskFirst
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={t('contacts.partAsk')}
        text={t('contacts.partText')}
        label={t('contacts.part')}
        onYes={() => asked !== null && part.mutate(asked)}
      />
    </Card>
  );
}

export function Visits(props: { record: ContactRecord; onBlock(address: string): void }) {
  const { visits } = props.record;
  const { t } = useTranslation();
  const format = useFormat();
  const can = useCan();
  return (
    <Card title={t('contacts.visits')}>
      {visits.length === 0 && <p className={classes.soft}>{t('contacts.visitsNone')}</p>}
      <ul className={classes.list}>
        {visits.map(({ at, page, address }) => (
          <li key={at}>
            <span className={classes.line}>
              {format.full(at)}
              {address !== null && <span className={classes.soft}>{address}</span>}
              {address !== null && can('contacts.block') && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => props.onBlock(address)}
                  aria-label={`${t('contacts.blockAddress')} ${address}`}
                >
                  {t('contacts.blockAddress')}
                </Button>
              )}
            </span>
            <p className={classes.text}>
              {[page.title, page.url].filter((text) => typeof text === 'string').join(' · ')}
            </p>
            <span className={classes.soft}>
              {nameBrowser(typeof page.userAgent === 'string' ? page.userAgent : null)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function Notes({ record }: { record: ContactRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t('contacts.notes')}>
      {record.notes.length === 0 && <p className={classes.soft}>{t('contacts.notesNone')}</p>}
      <ul className={classes.list}>
        {record.notes.map(({ conversationId, text, authorName, at }) => (
          <li key={`${conversationId} ${at}`}>
            <Link to={paths.conversation('all', conversationId)} className={classes.soft}>
              {sideBySide([authorName, format.full(at)])}
            </Link>
            <p className={classes.text}>{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
