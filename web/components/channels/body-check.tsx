// Checks on demand whether the bodies of RapidPro's GET requests arrive, and says what to do.
import { Alert, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { ActionRow } from '../../ui/action-row.tsx';
import { Card } from '../../ui/page.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';

const GUIDE = 'docs/guides/rapidpro.md';

export function BodyCheck({ id }: { id: string }) {
  const { t } = useTranslation();
  const check = useSave({
    send: () =>
      ask(client.POST('/api/v1/channels/{id}/check-bodies', { params: { path: { id } } })),
    quiet: true,
  });
  const verdict = check.isPending ? undefined : check.data?.verdict;
  return (
    <Card title={t('bodies.title')}>
      <Stack gap="sm">
        <ActionRow
          text={t('bodies.text')}
          label={t('bodies.check')}
          busy={check.isPending}
          onAct={() => check.mutate(undefined)}
        />
        <div role="status">
          {check.isPending && <Text size="sm">{t('bodies.underWay')}</Text>}
          {verdict === 'passed' && (
            <Text size="sm" c="var(--good)">
              <IconCheck size={15} style={{ verticalAlign: -2 }} /> {t('bodies.passed')}
            </Text>
          )}
        </div>
        {verdict !== undefined && verdict !== 'passed' && (
          <Alert color="yellow" variant="outline" title={t(`bodies.${verdict}`)}>
            {t(`bodies.do.${verdict}`, { guide: GUIDE })}
          </Alert>
        )}
        <ProblemNote error={check.isPending ? null : check.error} />
      </Stack>
    </Card>
  );
}
