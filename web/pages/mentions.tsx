// The notes in which colleagues name one, the latest first.
import { Button, UnstyledButton } from '@mantine/core';
import { IconAt } from '@tabler/icons-react';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../src/contract/visible-text.ts';
import { mentionsQuery, readMentions } from '../api/mention-queries.ts';
import type { Mention } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { useSave } from '../components/answers/use-save.ts';
import classes from '../components/inbox/mentions.module.css';
import { useFormat } from '../i18n/use-format.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Pill } from '../ui/pill.tsx';
import { useToday } from '../ui/use-now.ts';

export default function MentionsPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const query = useInfiniteQuery(mentionsQuery);
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = query.data?.pages[0]?.unread ?? 0;
  const navigate = useNavigate();
  const read = useSave({ send: readMentions, touches: ['mentions', 'counts'] });
  const open = ({ conversationId, readAt }: Mention) => {
    if (readAt === null) read.mutate(conversationId);
    void queries.invalidateQueries({ queryKey: ['counts'] });
    void navigate({ to: paths.conversation('all', conversationId) });
  };
  return (
    <Page
      title={t('nav.mentions')}
      text={t('mentions.text')}
      actions={
        unread > 0 && (
          <Button variant="default" loading={read.isPending} onClick={() => read.mutate(null)}>
            {t('mentions.readAll')}
          </Button>
        )
      }
    >
      <Card flush>
        {query.isError && items.length === 0 && (
          <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && items.length === 0 && (
          <EmptyState
            icon={<IconAt size={20} />}
            title={t('mentions.none')}
            text={t('mentions.noneText')}
          />
        )}
        <ul className={classes.mentions}>
          {items.map((one) => (
            <li key={`${one.conversationId} ${one.seq}`}>
              <Row mention={one} onOpen={() => open(one)} />
            </li>
          ))}
        </ul>
      </Card>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('common.more')}
        </Button>
      )}
    </Page>
  );
}

function Row({ mention, onOpen }: { mention: Mention; onOpen(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const today = useToday();
  const { authorName, displayName, text, at, readAt } = mention;
  const name = authorName ?? t('thread.somebody');
  return (
    <UnstyledButton className={classes.mention} onClick={onOpen}>
      <span className={classes.line}>
        <span className="cut">{t('mentions.by', { name, contact: displayName })}</span>
        {readAt === null && <Pill tone="accent">{t('mentions.new')}</Pill>}
        <time dateTime={at}>{format.when(at, today)}</time>
      </span>
      <span className={classes.text}>{withoutDirections(text)}</span>
    </UnstyledButton>
  );
}
