// Pictures of one run or two: how long people wait, who is served in time, how busy agents are, who serves whom. Each has its table.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useTranslation } from 'react-i18next';
import { ownValue } from '../../../src/contract/own-value.ts';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { listWaits, ofOneRun, overRuns, shareWithin } from './compare.ts';
import { Figure } from './figure.tsx';
import { LabBots, LabOffers } from './lab-counts.tsx';
import { LabTransfers } from './lab-transfers.tsx';
import { LabWaits } from './lab-waits.tsx';
import { Picture } from './picture.tsx';
import { type Row, type Runs, rowsOf } from './rows-of.ts';
import { MINUTE, WITHIN } from './scenario.ts';

export function LabPictures(runs: Runs) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, changed } = runs;
  const within = WITHIN.map(
    (seconds): Row => ({
      label: format.longSpan(seconds),
      first: shareWithin(first, seconds),
      changed: changed && shareWithin(changed, seconds),
    }),
  );
  const plans = rowsOf(runs, 'plans', ({ repeated }, name, { within: share }) => {
    return overRuns(repeated?.plans?.[name]?.within) ?? (share === null ? null : ofOneRun(share));
  });
  const teams = rowsOf(runs, 'teams', ({ repeated }, name, { occupancy }) => {
    return overRuns(repeated?.teams?.[name]) ?? ofOneRun(occupancy);
  });
  return (
    <>
      <Picture
        title={t('lab.waits')}
        note={t('lab.waitsNote')}
        head={t('lab.within')}
        rows={within}
        line
      />
      <WaitOverDay {...runs} />
      <LabWaits {...runs} />
      <Picture
        title={t('lab.inTime')}
        note={t('lab.inTimeNote')}
        head={t('lab.kind')}
        rows={rowsOf(runs, 'kinds', ({ repeated }, name, kind) => {
          const at = String(MINUTE);
          return overRuns(repeated?.kinds[name]?.within[at]) ?? ofOneRun(kind.within[at] ?? 0);
        })}
      />
      {plans.length > 1 && (
        <Picture
          title={t('lab.inTimeByPlan')}
          note={t('lab.inTimeByPlanNote')}
          head={t('lab.plan')}
          rows={plans}
        />
      )}
      <Picture
        title={t('lab.use')}
        note={t('lab.useNote')}
        head={t('lab.agents')}
        rows={rowsOf(runs, 'agents', ({ repeated }, name, { occupancy }) => {
          return overRuns(repeated?.occupancy[name]) ?? ofOneRun(occupancy);
        })}
      />
      {teams.length > 0 && (
        <Picture
          title={t('lab.useByTeam')}
          note={t('lab.useByTeamNote')}
          head={t('lab.team')}
          rows={teams}
        />
      )}
      <ServedBy run={changed ?? first} />
      <LabOffers run={changed ?? first} />
      <LabBots run={changed ?? first} />
      <LabTransfers run={changed ?? first} />
    </>
  );
}

function WaitOverDay({ first, changed }: Runs) {
  const { t } = useTranslation();
  const format = useFormat();
  const [before, after] = [listWaits(first), changed && listWaits(changed)];
  if (before === null) return null;
  const rows = before.map(
    (wait, hour): Row => ({
      label: `${String(hour).padStart(2, '0')}:00`,
      first: wait,
      changed: after?.[hour] ?? null,
    }),
  );
  return (
    <Picture
      title={t('lab.overDay')}
      note={t('lab.overDayNote')}
      head={t('lab.hour')}
      rows={rows}
      say={format.longSpan}
      most={undefined}
      line
    />
  );
}

/** More are not told apart by colour; the table has them all. */
const colours = ['iris.5', 'orange.5', 'teal.5', 'grape.5', 'gray.5', 'pink.5'];

function ServedBy({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = Object.keys(run.agents);
  const rows = Object.entries(run.kinds).map(([label, { servedBy }]) => ({ label, servedBy }));
  // A point in a name would be read as a path.
  const data = rows.map(({ label, servedBy }) => ({
    label,
    ...Object.fromEntries(
      agents.map((name, nth) => [`group${nth}`, ownValue(servedBy, name) ?? 0]),
    ),
  }));
  return (
    <Card title={t('lab.servedBy')} note={t('lab.servedByNote')}>
      <BarChart
        h={220}
        type="stacked"
        data={data}
        dataKey="label"
        series={agents.slice(0, colours.length).map((label, nth) => ({
          ...{ name: `group${nth}`, label, color: colours[nth] ?? 'gray.5' },
        }))}
        valueFormatter={(value) => format.share(value)}
        yAxisProps={{ domain: [0, 1] }}
        withLegend
        legendProps={inOrder}
        tickLine="none"
        gridAxis="x"
      />
      <Table
        wide
        label={t('lab.servedBy')}
        columns={[
          { head: t('lab.kind'), cell: ({ label }) => label },
          ...agents.map(
            (name): Column<(typeof rows)[number]> => ({
              head: name,
              right: true,
              cell: ({ label, servedBy }) => (
                <Figure
                  estimate={
                    overRuns(run.repeated?.kinds[label]?.servedBy[name]) ??
                    ofOneRun(ownValue(servedBy, name) ?? 0)
                  }
                  say={format.share}
                  sayCi={format.fineShare}
                />
              ),
            }),
          ),
        ]}
        rows={rows}
        rowKey={({ label }) => label}
      />
    </Card>
  );
}
