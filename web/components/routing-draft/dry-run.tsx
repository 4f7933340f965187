// Whom of those who wait, and of the last conversations, the draft would send elsewhere.
import { Alert, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { DryRun } from '../../../src/contract/policy/dry-run.ts';
import { policyTryQuery } from '../../api/policy-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { problemText } from '../answers/problem-text.ts';
import { MovedConversations } from './moved-conversations.tsx';
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
      {moved.length > 0 && <MovedConversations label={t('dryRun.title')} moved={moved} />}
      {elsewhere > moved.length && (
        <Text size="xs" c="dimmed">
          {t('dryRun.more', { number: format.number(elsewhere - moved.length) })}
        </Text>
      )}
    </>
  );
}
