// What would happen with other customers, agents or another policy: simulated beside what is.

import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listUnserved } from '../../src/contract/list-unserved.ts';
import type { SimulationFigures } from '../api/shapes.ts';
import { AsRecorded } from '../components/lab/as-recorded.tsx';
import { LabChanges } from '../components/lab/lab-changes.tsx';
import { LabPictures } from '../components/lab/lab-pictures.tsx';
import { type Chosen, LabSource } from '../components/lab/lab-source.tsx';
import { LabTiles } from '../components/lab/lab-tiles.tsx';
import { PutInForce } from '../components/lab/put-in-force.tsx';
import { RunState } from '../components/lab/run-state.tsx';
import { applyChanges, type Changes, noChanges } from '../components/lab/scenario.ts';
import { useSimulation } from '../components/lab/use-simulation.ts';
import { beginDraft } from '../components/routing-draft/draft-steps.ts';
import { useKeptDraft } from '../components/routing-draft/use-kept-draft.ts';
import { useCan } from '../components/session/use-session.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';

export default function LabPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [changes, setChanges] = useState<Changes>(noChanges);
  const first = useSimulation();
  const changed = useSimulation();
  const [ran, setRan] = useState<Changes>(noChanges);
  const { routing, isReady } = useKeptDraft();
  const take = useTake(routing);
  const draft = routing?.draft ?? null;
  const choose = (next: Chosen) => {
    setChosen(next);
    setChanges(noChanges);
    changed.reset();
    first.start(applyChanges(next.scenario, noChanges));
  };
  const figures = first.run?.result ?? null;
  const isPolicyTried = ran.byDraft || ran.strategy !== null;
  const canPut = useCan()('policy.write') && isPolicyTried && chosen?.measured != null;
  return (
    <Page
      title={t('nav.lab')}
      text={t('lab.text')}
      actions={
        <Button component={Link} to={paths.labReplay} variant="default">
          {t('lab.replay.title')}
        </Button>
      }
    >
      <LabSource draft={draft} isReady={isReady} onChosen={choose} />
      {chosen === null && (
        <Card>
          <EmptyState
            icon={<IconFlask size={20} />}
            title={t('lab.empty')}
            text={t('lab.emptyText')}
          />
        </Card>
      )}
      {chosen?.measured != null && <MeasuredNote {...{ measured: chosen.measured, figures }} />}
      {chosen !== null && (
        <LabChanges
          scenario={chosen.scenario}
          changes={changes}
          hasDraft={chosen.draftPolicy !== null}
          underWay={first.underWay || changed.underWay}
          onChange={setChanges}
          onRun={() => {
            setRan(changes);
            changed.start(applyChanges(chosen.scenario, changes, chosen.draftPolicy));
          }}
          onStop={() => (first.underWay ? first : changed).stop()}
        />
      )}
      <RunState simulation={first} label={t('lab.first')} />
      <RunState simulation={changed} label={t('lab.changed')} />
      {figures !== null && (
        <section aria-label={t('lab.result')}>
          <NotFollowed parts={figures.notModelled} />
          <NobodyServed {...{ first: figures, changed: changed.run?.result ?? null }} />
          {canPut && routing !== null && changed.run?.result != null && (
            <PutInForce replaces={draft !== null && !ran.byDraft} onTake={() => take(ran)} />
          )}
          <LabTiles first={figures} changed={changed.run?.result ?? null} />
          <LabPictures first={figures} changed={changed.run?.result ?? null} />
        </section>
      )}
    </Page>
  );
}

/** `figures`: of the run as it is; null: there are none yet. */
function MeasuredNote(props: {
  measured: NonNullable<Chosen['measured']>;
  figures: SimulationFigures | null;
}) {
  const { t } = useTranslation();
  const { measured, figures } = props;
  if (figures !== null) {
    return (
      <Card title={t('lab.replay.beside')}>
        <AsRecorded {...{ measured, figures }} />
      </Card>
    );
  }
  return (
    <p role="status">
      {t('lab.measured', { count: measured.conversations })}{' '}
      {measured.notes.map((note) => t(`lab.note.${note}`)).join(' ')}
    </p>
  );
}

function NotFollowed({ parts }: { parts: readonly string[] }) {
  const { t } = useTranslation();
  if (parts.length === 0) return null;
  const named = parts.map((part) => (isNamed(part) ? t(`lab.part.${part}`) : part));
  return <p>{t('lab.notFollowed', { parts: named.join(t('common.comma')) })}</p>;
}

function NobodyServed(props: { first: SimulationFigures; changed: SimulationFigures | null }) {
  const { t } = useTranslation();
  const kinds = listUnserved((props.changed ?? props.first).kinds);
  if (kinds.length === 0) return null;
  return <p>{t('lab.nobodyServed', { kinds: kinds.join(t('common.comma')) })}</p>;
}

const isNamed = (part: string): part is 'bot' | 'silence' => part === 'bot' || part === 'silence';

/** Makes what was tried the draft of Routing. */
function useTake(routing: ReturnType<typeof useKeptDraft>['routing']) {
  const navigate = useNavigate();
  return (ran: Changes) => {
    if (routing === null) return;
    const { keeper, kept, latest } = routing;
    const { base, present } = ran.byDraft ? kept : beginDraft(latest);
    keeper.keep(beginDraft(base, { ...present, strategy: ran.strategy ?? present.strategy }));
    void navigate({ to: paths.routing('defaults') });
  };
}
