// How far a run is, or why it came to nothing.
import { Alert, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { problemText } from '../answers/problem-text.ts';
import type { Simulation } from './use-simulation.ts';

export function RunState({ simulation, label }: { simulation: Simulation; label: string }) {
  const { t } = useTranslation();
  const { run, underWay, error } = simulation;
  if (error !== null) return <Failure title={label} text={problemText(error)} />;
  if (underWay) {
    const percent = Math.floor((run?.progress ?? 0) * 100);
    const word = run?.state === 'running' ? 'lab.running' : 'lab.waiting';
    return (
      <div style={{ marginBottom: 16 }}>
        <p role="status" style={{ margin: '0 0 6px' }}>
          {label}: {t(word)}
        </p>
        <Progress.Root>
          <Progress.Section value={percent} aria-label={label} />
        </Progress.Root>
      </div>
    );
  }
  if (run?.state === 'cancelled') return <p role="status">{t('lab.stopped')}</p>;
  if (run?.state !== 'failed') return null;
  return (
    <Failure title={label} text={t(`lab.problem.${run.problem ?? 'broken'}`)}>
      {run.faults.map(({ path, detail, remedy }) => (
        <li key={`${path} ${detail}`}>
          <code>{path || '/'}</code> {detail} {remedy}
        </li>
      ))}
    </Failure>
  );
}

function Failure(props: { title: string; text: string; children?: React.ReactNode[] }) {
  const { title, text, children = [] } = props;
  return (
    <Alert color="red" variant="outline" role="alert" title={title} mb="md">
      {text}
      {children.length > 0 && <ul style={{ overflowWrap: 'anywhere' }}>{children}</ul>}
    </Alert>
  );
}
