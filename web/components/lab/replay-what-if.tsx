// What would have come of a recorded span otherwise: as recorded beside as simulated, then changed.
import { Alert, Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { Card } from '../../ui/page.tsx';
import { problemText } from '../answers/problem-text.ts';
import { AsRecorded } from './as-recorded.tsx';
import { ChoosePolicy } from './choose-policy.tsx';
import { LabPictures } from './lab-pictures.tsx';
import { LabTiles } from './lab-tiles.tsx';
import { measureBoth, type Span } from './measure-span.ts';
import { RunState } from './run-state.tsx';
import { toField } from './to-field.ts';
import { type Simulation, useSimulation } from './use-simulation.ts';
import { asItWas, changeSpan } from './what-if.ts';

export function ReplayWhatIf(props: {
  span: Span;
  /** The draft of Routing; null: there is none. */
  draft: PolicyDocument | null;
}) {
  const { t } = useTranslation();
  const { span, draft } = props;
  const first = useSimulation();
  const changed = useSimulation();
  const measure = useMutation({
    mutationFn: () => measureBoth(span, { draft, asRecorded: true }),
    onSuccess: ({ scenario }) => first.start(changeSpan(scenario, asItWas)),
  });
  const measured = measure.data;
  const figures = first.run?.result ?? null;
  return (
    <>
      <Card title={t('lab.replay.whatIf')} note={t('lab.replay.whatIfNote')}>
        <Stack gap="sm" align="flex-start">
          {measure.error !== null && (
            <Alert color="red" variant="outline" role="alert">
              {problemText(measure.error)}
            </Alert>
          )}
          {measured === undefined && (
            <Button loading={measure.isPending} onClick={() => measure.mutate()}>
              {t('lab.simulate')}
            </Button>
          )}
          {measured !== undefined && figures !== null && (
            <AsRecorded measured={measured} figures={figures} />
          )}
          {measured !== undefined && <ChangeSpan {...{ measured, span, first, changed }} />}
        </Stack>
      </Card>
      <RunState simulation={first} label={t('lab.first')} />
      <RunState simulation={changed} label={t('lab.changed')} />
      {figures !== null && changed.run?.result != null && (
        <section aria-label={t('lab.result')}>
          <LabTiles first={figures} changed={changed.run.result} />
          <LabPictures first={figures} changed={changed.run.result} />
        </section>
      )}
    </>
  );
}

const MINUTE = 60;
const AN_HOUR = 60;
const A_WEEK = 7 * 24 * 60;

function ChangeSpan(props: {
  measured: Awaited<ReturnType<typeof measureBoth>>;
  span: Span;
  first: Simulation;
  changed: Simulation;
}) {
  const { t } = useTranslation();
  const { measured, span, first, changed } = props;
  const { scenario, beginsAt, draftPolicy } = measured;
  const [volume, setVolume] = useState(0);
  const [without, setWithout] = useState<string | null>(null);
  const [byDraft, setByDraft] = useState(false);
  const [outageAt, setOutageAt] = useState('');
  const [minutes, setMinutes] = useState(AN_HOUR);
  const begins = beginsAt === undefined ? span.from : Date.parse(beginsAt);
  const at = (Date.parse(outageAt) - begins) / 1000;
  const outage = outageAt === '' ? null : { from: at, until: at + minutes * MINUTE };
  const names = scenario.agents.map(({ name }) => name);
  const nobody = without !== null && names.length < 2;
  const underWay = first.underWay || changed.underWay;
  return (
    <Stack gap="sm" w="100%">
      <Group align="flex-end" gap="md">
        <NumberInput
          label={t('lab.volume')}
          w={180}
          {...{ min: -90, max: 900, step: 10, clampBehavior: 'strict', suffix: ' %' }}
          value={volume}
          onChange={(value) => setVolume(Number(value) || 0)}
        />
        {draftPolicy !== null && <ChoosePolicy byDraft={byDraft} onChange={setByDraft} />}
        <Select
          {...{ label: t('lab.replay.without'), w: 220, clearable: true, searchable: true }}
          clearButtonProps={{ 'aria-label': t('lab.replay.everybody') }}
          placeholder={t('lab.replay.everybody')}
          data={names}
          value={without}
          onChange={setWithout}
        />
        <TextInput
          {...{ type: 'datetime-local', label: t('lab.replay.outage'), w: 220 }}
          {...{ min: toField(span.from), max: toField(span.until) }}
          value={outageAt}
          onChange={({ currentTarget: { value } }) => setOutageAt(value)}
        />
        <NumberInput
          label={t('lab.replay.outageMinutes')}
          {...{ w: 160, min: 1, max: A_WEEK, allowDecimal: false, clampBehavior: 'strict' }}
          disabled={outage === null}
          value={minutes}
          onChange={(value) => setMinutes(Number(value) || AN_HOUR)}
        />
      </Group>
      <Group>
        <Button
          disabled={underWay || nobody || first.run?.result == null}
          onClick={() =>
            changed.start(changeSpan(scenario, { volume, without, byDraft, outage }, draftPolicy))
          }
        >
          {t('lab.run')}
        </Button>
        {underWay && (
          <Button variant="default" onClick={() => (first.underWay ? first : changed).stop()}>
            {t('lab.stop')}
          </Button>
        )}
        {nobody && <span role="status">{t('lab.nobody')}</span>}
      </Group>
    </Stack>
  );
}
