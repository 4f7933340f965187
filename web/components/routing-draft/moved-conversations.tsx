// Conversations that a draft of the policy sends elsewhere: where they stand, and where they would.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MovedConversation } from '../../../src/contract/policy/dry-run.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { wordStanding } from '../naming/word-standing.ts';
import classes from './routing-draft.module.css';

export function MovedConversations({
  label,
  moved,
}: {
  label: string;
  moved: readonly MovedConversation[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<MovedConversation>[] = [
    {
      head: t('dryRun.who'),
      cell: ({ conversationId, contactName }) => (
        <Link
          className={classes.link ?? ''}
          to={paths.conversation('all', conversationId)}
          target="_blank"
          rel="noreferrer"
        >
          {contactName ?? t('dryRun.nameless')}
        </Link>
      ),
    },
    { head: t('dryRun.state'), cell: ({ state }) => <Pill>{t(`state.${state}`)}</Pill> },
    { head: t('dryRun.came'), cell: ({ queuedAt }) => format.full(queuedAt) },
    { head: t('dryRun.from'), cell: ({ from, to }) => wordStanding(from, to, t) },
    { head: t('dryRun.to'), cell: ({ from, to }) => wordStanding(to, from, t) },
  ];
  return (
    <Table
      label={label}
      columns={columns}
      rows={moved}
      rowKey={({ conversationId }) => conversationId}
    />
  );
}
