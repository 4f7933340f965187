// Beside the conversation: what it came with, how earlier ones were rated, and what was answered at their end.
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactRecordQuery } from '../../api/contact-queries.ts';
import { contactConversationsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { ClosingAnswers } from '../faces/closing-answers.tsx';
import classes from './panel.module.css';

export function ContactHistory({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  return (
    <>
      <CameWith conversation={conversation} />
      <section className={classes.section}>
        <h2>{t('contacts.history')}</h2>
        <Ends conversation={conversation} />
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to={paths.contact(conversation.contact.id)} />}
        >
          {t('contacts.all')}
        </Anchor>
      </section>
      <LatestVisits contactId={conversation.contact.id} />
    </>
  );
}

/** Shown elsewhere in the panel, or for programs alone. */
const KNOWN = new Set(['page', 'locale', 'left']);

function CameWith({ conversation: { meta, closing } }: { conversation: Conversation }) {
  const { t } = useTranslation();
  // What the form at the end was told stands there.
  const answered = new Set(closing?.answers.map(({ name }) => name));
  const rows = Object.entries(meta).filter(
    ([name, value]) => !KNOWN.has(name) && !answered.has(name) && isSaid(value),
  );
  if (rows.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t('contacts.came')}</h2>
      <Facts>
        {rows.map(([name, value]) => (
          <Fact key={name} name={name === 'sessionStart' ? t('contacts.sessionStart') : name}>
            <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </span>
          </Fact>
        ))}
      </Facts>
    </section>
  );
}

function isSaid(value: unknown): boolean {
  if (value === null || value === '') return false;
  return typeof value !== 'object' || Object.keys(value as object).length > 0;
}

function Ends({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(contactConversationsQuery(conversation.contact.id));
  const ended = (data ?? []).filter(
    ({ rating, closing }) =>
      rating !== null || closing?.note != null || (closing?.answers.length ?? 0) > 0,
  );
  if (data !== undefined && ended.length === 0) {
    return <p className={classes.quiet}>{t('contacts.historyNone')}</p>;
  }
  return ended.slice(0, 5).map((one) => (
    <div key={one.id} style={{ marginBottom: 10 }}>
      <small className={classes.quiet}>{format.day(one.queuedAt)}</small>
      <ClosingAnswers conversation={one} />
    </div>
  ));
}

function LatestVisits({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const visits = useQuery(contactRecordQuery(contactId)).data?.visits ?? [];
  if (visits.length === 0) return null;
  return (
    <section className={classes.section}>
      <h2>{t('contacts.visits')}</h2>
      <Facts>
        {visits.slice(0, 5).map(({ at, page }) => (
          <Fact key={at} name={format.full(at)}>
            <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {typeof page.url === 'string' ? page.url : '–'}
            </span>
          </Fact>
        ))}
      </Facts>
    </section>
  );
}
