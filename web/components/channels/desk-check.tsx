// Checks on demand which setting of Rocket.Chat is not as the bridge needs it, and says what to do.
import { Alert, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeskCheckItem } from '../../../src/contract/channels.ts';
import { ask, client } from '../../api/client.ts';
import { ActionRow } from '../../ui/action-row.tsx';
import { Card } from '../../ui/page.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { useSave } from '../answers/use-save.ts';

export function DeskCheck({ id }: { id: string }) {
  const { t } = useTranslation();
  const check = useSave({
    send: () => ask(client.POST('/api/v1/channels/{id}/check-desk', { params: { path: { id } } })),
    quiet: true,
  });
  const items = check.isPending ? [] : (check.data?.items ?? []);
  const good = items.filter(({ state }) => state === 'ok');
  return (
    <Card title={t('desk.title')}>
      <Stack gap="sm">
        <ActionRow
          text={t('desk.text')}
          label={t('desk.check')}
          busy={check.isPending}
          onAct={() => check.mutate(undefined)}
        />
        <div role="status">
          {check.isPending && <Text size="sm">{t('desk.underWay')}</Text>}
          {good.length > 0 && (
            <Text size="sm" c="var(--good)">
              <IconCheck size={15} style={{ verticalAlign: -2 }} />{' '}
              {good.length === items.length
                ? t('desk.allGood')
                : good.map(({ what }) => t(`desk.what.${what}`)).join(' · ')}
            </Text>
          )}
        </div>
        {items
          .filter(({ state }) => state !== 'ok')
          .map((item) => (
            <Finding key={item.what} item={item} />
          ))}
        <ProblemNote error={check.isPending ? null : check.error} />
      </Stack>
    </Card>
  );
}

function Finding({ item: { what, state, setting, found } }: { item: DeskCheckItem }) {
  const { t } = useTranslation();
  if (state === 'unknown') {
    return (
      <Alert color="gray" variant="outline" title={t(`desk.what.${what}`)}>
        {t('desk.notSeen', { found: found ?? '' })}
      </Alert>
    );
  }
  return (
    <Alert color="yellow" variant="outline" title={t(`desk.what.${what}`)}>
      <Stack gap={4}>
        <span>{t(`desk.do.${what}`)}</span>
        {setting !== null && (
          <span className="mono" style={{ overflowWrap: 'anywhere' }}>
            {setting}
          </span>
        )}
        {found !== null && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('desk.found', { found })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
