// Which span is replayed: the last hour, the last day, or one of one's own by the clock of this device.
import { Button, Checkbox, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { LONGEST_REPLAY_DAYS } from '../../../src/contract/replays.ts';
import { Card } from '../../ui/page.tsx';
import type { Span } from './measure-span.ts';
import { toField } from './to-field.ts';

const choices = ['hour', 'day', 'own'] as const;
type Choice = (typeof choices)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function ChooseSpan(props: {
  isRunning: boolean;
  /** There is a draft of Routing that can be asked too. */
  hasDraft: boolean;
  onStart(span: Span, byDraft: boolean): void;
  onStop(): void;
}) {
  const { t } = useTranslation();
  const [choice, setChoice] = useState<Choice>('hour');
  const [own, setOwn] = useState(() => {
    const now = serverNow();
    return { from: toField(now - HOUR_MS), until: toField(now) };
  });
  const [byDraft, setByDraft] = useState(true);
  const span = (): Span => {
    const now = Math.floor(serverNow());
    if (choice === 'own') return { from: Date.parse(own.from), until: Date.parse(own.until) };
    return { from: now - (choice === 'hour' ? HOUR_MS : DAY_MS), until: now };
  };
  const wrong = choice === 'own' ? refuseSpan(span()) : null;
  const field = (which: 'from' | 'until') => (
    <TextInput
      type="datetime-local"
      label={t(`lab.replay.${which}`)}
      value={own[which]}
      w={220}
      onChange={({ currentTarget: { value } }) => setOwn({ ...own, [which]: value })}
    />
  );
  return (
    <Card title={t('lab.replay.span')}>
      <Stack gap="sm" align="flex-start">
        <SegmentedControl
          size="xs"
          aria-label={t('lab.replay.span')}
          data={choices.map((value) => ({ value, label: t(`lab.replay.span.${value}`) }))}
          value={choice}
          onChange={(value) => setChoice(value as Choice)}
        />
        {choice === 'own' && (
          <Group gap="sm">
            {field('from')}
            {field('until')}
          </Group>
        )}
        {wrong !== null && (
          <p role="alert" style={{ margin: 0 }}>
            {t(wrong, { days: LONGEST_REPLAY_DAYS })}
          </p>
        )}
        {props.hasDraft && (
          <Checkbox
            label={t('lab.replay.askDraft')}
            checked={byDraft}
            onChange={({ currentTarget: { checked } }) => setByDraft(checked)}
          />
        )}
        <Group>
          <Button
            disabled={wrong !== null || props.isRunning}
            onClick={() => props.onStart(span(), props.hasDraft && byDraft)}
          >
            {t('lab.replay.run')}
          </Button>
          {props.isRunning && (
            <Button variant="default" onClick={props.onStop}>
              {t('lab.stop')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function refuseSpan({ from, until }: Span) {
  if (Number.isNaN(from) || Number.isNaN(until)) return 'lab.replay.wrong.missing';
  if (until <= from) return 'lab.replay.wrong.order';
  return until - from > LONGEST_REPLAY_DAYS * DAY_MS ? 'lab.replay.wrong.long' : null;
}
