// What would happen with other customers, agents or another policy: simulated beside what is.

import { IconFlask } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyDocument } from '../../src/contract/policy/document.ts';
import { policyInForceQuery } from '../api/policy-queries.ts';
import { LabChanges } from '../components/lab/lab-changes.tsx';
import { LabPictures } from '../components/lab/lab-pictures.tsx';
import { type Chosen, LabSource } from '../components/lab/lab-source.tsx';
import { LabTiles } from '../components/lab/lab-tiles.tsx';
import { RunState } from '../components/lab/run-state.tsx';
import { applyChanges, type Changes, noChanges } from '../components/lab/scenario.ts';
import { useSimulation } from '../components/lab/use-simulation.ts';
import { isDirty } from '../components/routing-draft/draft-steps.ts';
import { makeDraftKeeper } from '../components/routing-draft/keep-draft.ts';
import { useSession } from '../components/session/use-session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page } from '../ui/page.tsx';

export default function LabPage() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [changes, setChanges] = useState<Changes>(noChanges);
  const first = useSimulation();
  const changed = useSimulation();
  const draft = useRoutingDraft();
  const choose = (next: Chosen) => {
    setChosen(next);
    setChanges(noChanges);
    changed.reset();
    first.start(applyChanges(next.scenario, noChanges));
  };
  const figures = first.run?.result ?? null;
  return (
    <Page title={t('nav.lab')} text={t('lab.text')}>
      <LabSource draft={draft} onChosen={choose} />
      {chosen === null && (
        <Card>
          <EmptyState
            icon={<IconFlask size={20} />}
            title={t('lab.empty')}
            text={t('lab.emptyText')}
          />
        </Card>
      )}
      {chosen !== null && <MeasuredNote {...chosen} />}
      {chosen !== null && (
        <LabChanges
          scenario={chosen.scenario}
          changes={changes}
          underWay={first.underWay || changed.underWay}
          onChange={setChanges}
          onRun={() => changed.start(applyChanges(chosen.scenario, changes))}
          onStop={() => (first.underWay ? first : changed).stop()}
        />
      )}
      <RunState simulation={first} label={t('lab.first')} />
      <RunState simulation={changed} label={t('lab.changed')} />
      {figures !== null && (
        <section aria-label={t('lab.result')}>
          <NotFollowed parts={figures.notModelled} />
          <LabTiles first={figures} changed={changed.run?.result ?? null} />
          <LabPictures first={figures} changed={changed.run?.result ?? null} />
        </section>
      )}
    </Page>
  );
}

function MeasuredNote({ measured }: Chosen) {
  const { t } = useTranslation();
  if (measured === null) return null;
  return (
    <p role="status">
      {t('lab.measured', { count: measured.conversations })}{' '}
      {measured.notes.map((note) => t(`lab.note.${note}`)).join(' ')}
    </p>
  );
}

function NotFollowed({ parts }: { parts: readonly string[] }) {
  const { t } = useTranslation();
  return parts.length === 0 ? null : <p>{t('lab.notFollowed', { parts: parts.join(', ') })}</p>;
}

/** What this person has drafted under Routing; null: nothing. */
function useRoutingDraft(): PolicyDocument | null {
  const { user, workspace } = useSession();
  const latest = useQuery(policyInForceQuery).data;
  return useMemo(() => {
    if (latest === undefined) return null;
    const ids = { workspaceId: workspace.id, userId: user.id };
    const draft = makeDraftKeeper(localStorage, ids).read(latest);
    return isDirty(draft) ? draft.present : null;
  }, [latest, user.id, workspace.id]);
}
