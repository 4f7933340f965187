// One contact: everything that is known, what they talked about, and what can be done about it.
import { Alert, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contactRecordQuery } from '../../api/contact-queries.ts';
import { contactQuery } from '../../api/queries.ts';
import type { Contact, ContactRecord } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Card, Page, Tile, Tiles } from '../../ui/page.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useNameActor } from '../naming/use-name-actor.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';
import { BlockDialog } from './block-dialog.tsx';
import { ContactActions } from './contact-actions.tsx';
import { ContactFacts } from './contact-facts.tsx';
import { ContactPast } from './contact-past.tsx';
import { Identities, Merges, Notes, Visits } from './contact-record.tsx';
import classes from './contacts.module.css';
import { EraseDialog } from './erase-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';

const startDialog = partOf(
  async () => (await withWords(import('../verbs/start-dialog.tsx'), 'together')).StartDialog,
);

type Asked = { what: 'start' | 'merge' | 'block' | 'erase' } | { what: 'network'; network: string };

export function OneContact(props: {
  contactId: string;
  /** To whom it belongs, and its labels: as beside a conversation. */
  labels(contact: Contact): ReactNode;
}) {
  const { contactId, labels } = props;
  const contact = useQuery(contactQuery(contactId));
  const record = useQuery(contactRecordQuery(contactId));
  const [asked, setAsked] = useState<Asked | null>(null);
  const { t } = useTranslation();
  const failed = [contact, record].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined) {
    return (
      <Page title={t('nav.contacts')}>
        <ErrorNote error={failed.error} onRetry={() => void failed.refetch()} />
      </Page>
    );
  }
  if (contact.data === undefined || record.data === undefined) {
    return (
      <Page title={t('nav.contacts')}>
        <Skeleton height={200} />
      </Page>
    );
  }
  const shown = { contact: contact.data, record: record.data };
  return (
    <Page
      title={contact.data.displayName}
      actions={<ContactActions contact={contact.data} onAsk={(what) => setAsked({ what })} />}
    >
      <Shown
        {...shown}
        labels={labels}
        onBlock={(network) => setAsked({ what: 'network', network })}
      />
      <Dialogs contact={contact.data} asked={asked} onClose={() => setAsked(null)} />
    </Page>
  );
}

function Shown(props: {
  contact: Contact;
  record: ContactRecord;
  labels(contact: Contact): ReactNode;
  onBlock(address: string): void;
}) {
  const { contact, record, labels, onBlock } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const nameActor = useNameActor();
  const { ratings, conversations, block } = record;
  return (
    <>
      {block !== null && (
        <Alert color="red" variant="outline" mb="md">
          {t('contacts.blockedBy', {
            who: nameActor(block.by),
            when: format.full(block.at),
            reason: block.reason,
          })}
        </Alert>
      )}
      <Tiles>
        <Tile label={t('contacts.open')} value={conversations.open} />
        <Tile label={t('contacts.ended')} value={conversations.ended} />
        <Tile
          label={t('contacts.ratings')}
          value={ratings.mean === null ? '–' : format.number(Math.round(ratings.mean * 10) / 10)}
          note={ratings.count > 0 && t('contacts.ratingsOf', { count: ratings.count })}
        />
      </Tiles>
      <div className={classes.columns}>
        <div className={classes.main}>
          <ContactPast contactId={contact.id} />
          <Notes record={record} />
        </div>
        <div className={classes.side}>
          <Card title={t('contact.title')}>
            <ContactFacts contact={contact} />
            {labels(contact)}
          </Card>
          <Identities record={record} />
          <Merges contactId={contact.id} record={record} />
          <Visits record={record} onBlock={onBlock} />
        </div>
      </div>
    </>
  );
}

function Dialogs(props: { contact: Contact; asked: Asked | null; onClose(): void }) {
  const { contact, asked, onClose } = props;
  const navigate = useNavigate();
  if (asked?.what === 'start') {
    return <OnDemand part={startDialog} contact={contact} onClose={onClose} />;
  }
  if (asked?.what === 'merge') return <MergeDialog contact={contact} onClose={onClose} />;
  if (asked?.what === 'block') {
    return <BlockDialog of={{ contactId: contact.id }} onClose={onClose} />;
  }
  if (asked?.what === 'network') {
    return <BlockDialog of={{ network: asked.network }} onClose={onClose} />;
  }
  if (asked?.what !== 'erase') return null;
  const leave = () => void navigate({ to: paths.contacts });
  return <EraseDialog contact={contact} onClose={onClose} onErased={leave} />;
}
