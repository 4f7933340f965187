// A page of contacts after the other: who it is, where they write, what they wrote last.
import { IconAddressBook } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ContactsAsked, contactsQuery } from '../../api/contact-queries.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { ListedContact } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { ContactFace } from '../faces/contact-face.tsx';
import classes from './contacts.module.css';

export function ContactsTable({ asked }: { asked: ContactsAsked }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(contactsQuery(asked));
  const columns = useColumns();
  const rows = query.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined && query.isError) {
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { blocked, ...texts } = asked;
  const narrowed = blocked || Object.values(texts).some((text) => text !== '');
  return (
    <Card flush>
      <Table
        label={t('contacts.found')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            icon={<IconAddressBook size={20} />}
            title={t(narrowed ? 'contacts.none' : 'contacts.noneYet')}
            text={t(narrowed ? 'contacts.noneText' : 'contacts.noneYetText')}
          />
        }
      />
      <ShowMore query={query} />
    </Card>
  );
}

function useColumns(): Column<ListedContact>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data ?? [];
  return [
    {
      head: t('form.name'),
      cell: ({ id, displayName, avatarUrl, blockedAt, tags }) => (
        <Link to={paths.contact(id)} className={classes.who}>
          <ContactFace name={displayName} url={avatarUrl} size={28} />
          <span className="cut">{displayName}</span>
          {blockedAt !== null && <Pill tone="bad">{t('contacts.blocked')}</Pill>}
          {tags.slice(0, 3).map((tag) => (
            <Pill key={tag}>{tag}</Pill>
          ))}
        </Link>
      ),
    },
    {
      head: t('contact.email'),
      cell: ({ email }) => (email === null ? '–' : <span className="cut">{email}</span>),
    },
    { head: t('contact.phone'), cell: ({ phone }) => phone ?? '–' },
    {
      head: t('contact.belongsTo'),
      cell: ({ agentId }) => agents.find(({ id }) => id === agentId)?.name ?? '–',
    },
    {
      head: t('contacts.latest'),
      cell: ({ latest }) =>
        latest === null ? (
          '–'
        ) : (
          <Link to={paths.conversation(latest.state === 'closed' ? 'closed' : 'all', latest.id)}>
            {format.day(latest.queuedAt)}{' '}
            <Pill tone={latest.state === 'closed' ? 'plain' : 'accent'}>
              {t(`state.${latest.state}`)}
            </Pill>
          </Link>
        ),
    },
    { head: t('contacts.seen'), right: true, cell: ({ seenAt }) => format.day(seenAt) },
  ];
}
