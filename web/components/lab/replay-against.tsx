// Where the draft of Routing would have sent what was decided in a span.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay } from '../../../src/contract/replays.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';

export function ReplayAgainst(props: {
  against: NonNullable<Replay['against']>;
  /** The first of those that would have gone elsewhere. */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tried, elsewhere, unknown, moved } = props.against;
  return (
    <Card title={t('lab.replay.byDraft')} note={t('lab.replay.byDraftNote')}>
      <p role="status" style={{ fontWeight: 600, margin: 0 }}>
        {tried + unknown === 0
          ? t('lab.replay.noRules')
          : t('lab.replay.elsewhere', { n: format.number(elsewhere), count: tried })}
      </p>
      {unknown > 0 && (
        <Text size="xs" c="dimmed">
          {t('lab.replay.notAsked', { n: format.number(unknown) })}
        </Text>
      )}
      {moved.length > 0 && props.children}
      {elsewhere > moved.length && (
        <Text size="xs" c="dimmed">
          {t('dryRun.more', { number: format.number(elsewhere - moved.length) })}
        </Text>
      )}
    </Card>
  );
}
