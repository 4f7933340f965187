// What is simulated: the workspace as it was measured, an example, or a file.
import { Alert, Button, FileInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import type { Scenario } from '../../../src/contract/scenario.ts';
import type { Measured } from '../../api/shapes.ts';
import { Card } from '../../ui/page.tsx';
import { problemText } from '../answers/problem-text.ts';
import { exampleScenario } from './example-scenario.ts';
import { measureBoth } from './measure-span.ts';
import { looksLikeScenario } from './scenario.ts';

export interface Chosen {
  scenario: Scenario;
  /** null: not measured. */
  measured: Pick<Measured, 'conversations' | 'notes' | 'happened'> | null;
  /** The same records by the draft of Routing; null: there is no draft, or nothing is measured. */
  draftPolicy: Scenario['policy'] | null;
}

const sources = ['measured', 'example', 'file'] as const;
const spans = ['1', '7', '30'] as const;
const DAY_MS = 86_400_000;

export function LabSource(props: {
  /** The draft of Routing; null: there is none. */
  draft: PolicyDocument | null;
  /** Whether there is a draft is known. */
  isReady: boolean;
  onChosen(chosen: Chosen): void;
}) {
  const { t } = useTranslation();
  const [source, setSource] = useState<(typeof sources)[number]>('measured');
  return (
    <Card title={t('lab.what')}>
      <Stack gap="sm" align="flex-start">
        <SegmentedControl
          size="xs"
          aria-label={t('lab.what')}
          data={sources.map((value) => ({ value, label: t(`lab.source.${value}`) }))}
          value={source}
          onChange={(value) => setSource(value as (typeof sources)[number])}
        />
        {source === 'measured' && <FromRecords {...props} />}
        {source === 'example' && (
          <>
            <p style={{ margin: 0 }}>{t('lab.exampleText')}</p>
            <Button onClick={() => props.onChosen(madeUp(exampleScenario))}>
              {t('lab.simulate')}
            </Button>
          </>
        )}
        {source === 'file' && <FromFile onChosen={props.onChosen} />}
      </Stack>
    </Card>
  );
}

const madeUp = (scenario: Scenario): Chosen => ({ scenario, measured: null, draftPolicy: null });

function FromRecords(props: {
  draft: PolicyDocument | null;
  isReady: boolean;
  onChosen(chosen: Chosen): void;
}) {
  const { t } = useTranslation();
  const [days, setDays] = useState<(typeof spans)[number]>('7');
  const measure = useMutation({
    mutationFn: () => {
      const until = serverNow();
      const span = { from: until - Number(days) * DAY_MS, until };
      return measureBoth(span, { draft: props.draft, asRecorded: false });
    },
    onSuccess: ({ scenario, draftPolicy, ...measured }) =>
      props.onChosen({ scenario, measured, draftPolicy }),
  });
  return (
    <>
      <Select
        label={t('lab.span')}
        w={220}
        data={spans.map((value) => ({ value, label: t(`lab.days.${value}`) }))}
        value={days}
        onChange={(value) => value && setDays(value as (typeof spans)[number])}
      />
      {measure.error !== null && <Refusal text={problemText(measure.error)} />}
      <Button loading={measure.isPending || !props.isReady} onClick={() => measure.mutate()}>
        {t('lab.measure')}
      </Button>
    </>
  );
}

function FromFile({ onChosen }: { onChosen(chosen: Chosen): void }) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const read = async (file: File | null) => {
    if (file === null) return;
    const value = await file
      .text()
      .then((text) => JSON.parse(text) as unknown)
      .catch(() => null);
    const fits = looksLikeScenario(value);
    setWrong(!fits);
    if (fits) onChosen(madeUp(value));
  };
  return (
    <>
      <FileInput
        label={t('lab.file')}
        placeholder={t('lab.chooseFile')}
        accept=".json,application/json"
        w="100%"
        maw={360}
        onChange={(file) => void read(file)}
      />
      {wrong && <Refusal text={t('lab.noScenario')} />}
    </>
  );
}

function Refusal({ text }: { text: string }) {
  return (
    <Alert color="red" variant="outline" role="alert">
      {text}
    </Alert>
  );
}
