// What happened beside what the simulator makes of the same arrivals: as close as these are, so far can the rest be trusted.
import { useTranslation } from 'react-i18next';
import type { Measured, SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Table } from '../../ui/table.tsx';
import { sumRun } from './compare.ts';

export function AsRecorded(props: {
  measured: Pick<Measured, 'happened' | 'notes' | 'conversations'>;
  figures: SimulationFigures;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { happened, notes, conversations } = props.measured;
  if (happened === undefined) return null;
  const simulated = sumRun(props.figures);
  const { seconds, fineShare: share } = format;
  const rows = [
    {
      figure: t('lab.meanWait'),
      recorded: seconds(happened.meanWait),
      simulated: seconds(simulated.meanWait.value),
    },
    {
      figure: t('lab.p95'),
      recorded: seconds(happened.p95),
      // A model of another desk has it of each kind alone.
      simulated: simulated.p95 === null ? '–' : seconds(simulated.p95.value),
    },
    {
      figure: t('lab.left'),
      recorded: share(happened.abandonedShare),
      simulated: share(simulated.left.value),
    },
  ];
  const said = notes.map((note) => t(`lab.note.${note}`));
  return (
    <div style={{ width: '100%' }}>
      <Table
        label={t('lab.replay.beside')}
        columns={[
          { head: t('lab.replay.figure'), cell: ({ figure }) => figure },
          { head: t('lab.replay.recorded'), right: true, cell: ({ recorded }) => recorded },
          { head: t('lab.replay.simulated'), right: true, cell: (row) => row.simulated },
        ]}
        rows={rows}
        rowKey={({ figure }) => figure}
      />
      <p style={{ margin: '8px 0 0' }}>
        {[t('lab.measured', { count: conversations }), t('lab.replay.besideNote'), ...said].join(
          ' ',
        )}
      </p>
    </div>
  );
}
