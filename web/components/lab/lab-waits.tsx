// How long people wait, and when they have their first answer, by what one chooses to look at.
import { Flex, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useNarrow } from '../../ui/use-narrow.ts';
import { Picture } from './picture.tsx';
import { listPartWaits, listWaitChoices, type WaitFigure } from './read-waits.ts';
import type { Part, Runs } from './rows-of.ts';

export function LabWaits(runs: Runs) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrow('48em');
  const [asked, setAsked] = useState<Part>('kinds');
  const [wanted, setWanted] = useState<WaitFigure>('p95');
  const { parts, figures } = listWaitChoices(runs);
  // Another run may not have what was looked at in the one before.
  const part = parts.includes(asked) ? asked : 'kinds';
  const figure = figures.includes(wanted) ? wanted : 'p95';
  const heads: Record<Part, string> = {
    kinds: t('lab.kind'),
    plans: t('lab.plan'),
    teams: t('lab.team'),
    agents: t('lab.agents'),
  };
  const labels: Record<WaitFigure, string> = {
    meanWait: t('lab.meanWait'),
    p95: t('lab.waitP95'),
    firstAnswer: t('lab.firstAnswer'),
    firstAnswerP95: t('lab.firstAnswerP95'),
  };
  const isServed = part === 'teams' || part === 'agents';
  return (
    <Picture
      title={t('lab.partWaits')}
      note={t(isServed ? 'lab.partWaitsServed' : 'lab.partWaitsNote')}
      head={heads[part]}
      rows={listPartWaits(runs, { part, figure })}
      say={format.longSpan}
      most={undefined}
    >
      <Flex direction={isNarrow ? 'column' : 'row'} gap={8} mb={12}>
        {parts.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label={t('lab.partWaitsBy')}
            data={parts.map((value) => ({ value, label: heads[value] }))}
            value={part}
            onChange={(value) => setAsked(value as Part)}
          />
        )}
        <SegmentedControl
          size="xs"
          fullWidth={isNarrow}
          orientation={isNarrow ? 'vertical' : 'horizontal'}
          aria-label={t('lab.replay.figure')}
          data={figures.map((value) => ({ value, label: labels[value] }))}
          value={figure}
          onChange={(value) => setWanted(value as WaitFigure)}
        />
      </Flex>
    </Picture>
  );
}
