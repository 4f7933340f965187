// Whom of those who wait, and of the last conversations, the draft would send elsewhere.
import { Alert, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DryRun, MovedConversation } from '../../../src/contract/policy/dry-run.ts';
import { policyTryQuery } from '../../api/policy-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Pill } from '../../ui/pill.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { problemText } from '../answers/problem-text.ts';
import { wordStanding } from '../naming/word-standing.ts';
import classes from './routing-draft.module.css';
import { useDraft } from './use-draft.tsx';

export function DryRunResult() {
  const { t } = useTranslation();
  const { policy } = useDraft();
  const { data, error } = useQuery(policyTryQuery(policy));
  if (error !== null) {
    return (
      <Alert color="yellow" variant="outline">
        {t('dryRun.failed')} {problemText(error)}
      </Alert>
    );
  }
  if (data === undefined) {
    return (
      <div role="status">
        <Text size="sm">{t('dryRun.running')}</Text>
        <Skeleton height={48} mt={6} />
      </div>
    );
  }
  return data.dryRun === undefined ? null : <Result run={data.dryRun} />;
}

function Result({ run }: { run: DryRun }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { waiting, last } = run;
  const elsewhere = waiting.elsewhere + last.elsewhere;
  const moved = [...waiting.moved, ...last.moved];
  const said = {
    waiting: format.number(waiting.tried),
    last: format.number(last.tried),
    elsewhere: format.number(elsewhere),
  };
  return (
    <>
      <Text size="sm" fw={500} role="status">
        {t(elsewhere === 0 ? 'dryRun.none' : 'dryRun.some', said)}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {waiting.of > waiting.tried
          ? t('dryRun.sample', { tried: said.waiting, of: format.number(waiting.of) })
          : t('dryRun.how')}
      </Text>
      {moved.length > 0 && <Moved moved={moved} />}
      {elsewhere > moved.length && (
        <Text size="xs" c="dimmed">
          {t('dryRun.more', { number: format.number(elsewhere - moved.length) })}
        </Text>
      )}
    </>
  );
}

function Moved({ moved }: { moved: readonly MovedConversation[] }) {
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
      label={t('dryRun.title')}
      columns={columns}
      rows={moved}
      rowKey={({ conversationId }) => conversationId}
    />
  );
}
