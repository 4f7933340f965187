// All conversations of a contact: how each stands, by which plan, with whom, how it was rated, what the form was told.
import { IconMessages } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { contactPastQuery } from '../../api/contact-queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { channelNames } from '../faces/channel-icon.tsx';
import { ClosingAnswers } from '../faces/closing-answers.tsx';
import { Stars } from '../faces/stars.tsx';
import { useLastSaid } from '../naming/use-last-said.ts';

export function ContactPast({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(contactPastQuery(contactId));
  const columns = useColumns();
  const rows = query.data?.pages.flatMap(({ items }) => items);
  if (rows === undefined && query.isError) {
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Card title={t('contacts.conversations')} flush>
      <Table
        label={t('contacts.conversations')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        under={(one) => hasWords(one) && <ClosingAnswers conversation={one} />}
        empty={
          <EmptyState icon={<IconMessages size={20} />} title={t('contacts.conversationsNone')} />
        }
      />
      <ShowMore query={query} />
    </Card>
  );
}

function hasWords({ closing, rating }: Conversation): boolean {
  if (rating?.comment != null) return true;
  return closing !== null && (closing.note !== null || closing.answers.length > 0);
}

function useColumns(): Column<Conversation>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useLastSaid();
  return [
    {
      head: t('contacts.began'),
      cell: (one) => (
        <Link to={paths.conversation(one.state === 'closed' ? 'closed' : 'all', one.id)}>
          {format.full(one.queuedAt)}
          <small className="cut" style={{ display: 'block', color: 'var(--soft)' }}>
            {say(one) ?? t('inbox.nothingSaid')}
          </small>
        </Link>
      ),
    },
    { head: t('contacts.channel'), cell: ({ channelKind }) => channelNames[channelKind] },
    {
      head: t('contacts.state'),
      cell: ({ state }) => (
        <Pill tone={state === 'closed' ? 'plain' : 'accent'}>{t(`state.${state}`)}</Pill>
      ),
    },
    { head: t('contacts.plan'), cell: ({ plan }) => plan ?? '–' },
    { head: t('contacts.agent'), cell: ({ agentName }) => agentName ?? '–' },
    {
      head: t('contacts.rating'),
      right: true,
      cell: ({ rating }) => (rating === null ? '–' : <Stars score={rating.score} />),
    },
  ];
}
