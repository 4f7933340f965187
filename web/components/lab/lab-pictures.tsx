// Pictures of one run or two: how long people wait, who is served in time, how busy agents are, who serves whom. Each has its table.
import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { type Estimate, listWaits, ofOneRun, overRuns, shareWithin } from './compare.ts';
import { Figure } from './figure.tsx';
import { LabBots, LabOffers } from './lab-counts.tsx';
import { MINUTE, WITHIN } from './scenario.ts';

interface Runs {
  first: SimulationFigures;
  changed: SimulationFigures | null;
}

interface Row {
  label: string;
  /** null: there is nothing to tell. */
  first: Estimate | null;
  changed: Estimate | null;
}

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
    </>
  );
}

type Part = 'kinds' | 'agents' | 'plans' | 'teams';
type Named<Of extends Part> = NonNullable<SimulationFigures[Of]>[string];

/** A row for each name that one of the runs has. */
function rowsOf<Of extends Part>(
  { first, changed }: Runs,
  of: Of,
  read: (run: SimulationFigures, name: string, figures: Named<Of>) => Estimate | null,
): Row[] {
  const named = (run: SimulationFigures | null) => (run?.[of] ?? {}) as Record<string, Named<Of>>;
  const at = (run: SimulationFigures | null, name: string) => {
    const figures = named(run)[name];
    return run === null || figures === undefined ? null : read(run, name, figures);
  };
  const names = new Set([...Object.keys(named(first)), ...Object.keys(named(changed))]);
  return [...names].map((label) => ({
    label,
    first: at(first, label),
    changed: at(changed, label),
  }));
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

function Picture(props: {
  title: string;
  note: string;
  head: string;
  rows: readonly Row[];
  line?: boolean;
  /** A share by itself. */
  say?: (value: number) => string;
  /** Of the axis; undefined: as much as there is. */
  most?: number | undefined;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, note, head, rows, say = format.share } = props;
  const most = 'most' in props ? props.most : 1;
  const shareCi = useShareCi();
  const two = rows.some(({ changed }) => changed !== null);
  const Chart = props.line ? LineChart : BarChart;
  const series = [
    { name: 'first', label: t('lab.first'), color: 'gray.5' },
    ...(two ? [{ name: 'changed', label: t('lab.changed'), color: 'iris.5' }] : []),
  ];
  const told = (estimate: Estimate | null) => (
    <Figure estimate={estimate} say={say} {...(say === format.share && { sayCi: shareCi })} />
  );
  const columns: Column<Row>[] = [
    { head, cell: ({ label }) => label },
    { head: t('lab.first'), right: true, cell: (row) => told(row.first) },
    ...(two
      ? [{ head: t('lab.changed'), right: true, cell: (row: Row) => told(row.changed) }]
      : []),
  ];
  return (
    <Card title={title} note={note}>
      <Chart
        h={220}
        data={rows.map(({ label, ...row }) => ({
          ...{ label, first: row.first?.value ?? null, changed: row.changed?.value ?? null },
        }))}
        dataKey="label"
        series={series}
        valueFormatter={say}
        yAxisProps={{ domain: [0, most ?? 'auto'] }}
        withLegend
        legendProps={inOrder}
        tickLine="none"
        gridAxis="x"
        {...(props.line && { curveType: 'linear' as const })}
      />
      <Folded when={rows.length > MOST_UNFOLDED}>
        <Table label={title} columns={columns} rows={rows} rowKey={({ label }) => label} />
      </Folded>
    </Card>
  );
}

/** Half an interval is small: a digit more than the share itself. */
function useShareCi(): (ci: number) => string {
  const format = useFormat();
  return (ci) => `${format.decimal(ci * 100)} %`;
}

/** A longer table would push the next picture out of sight. */
const MOST_UNFOLDED = 10;

function Folded({ when, children }: { when: boolean; children: React.ReactNode }) {
  const { t } = useTranslation();
  if (!when) return children;
  return (
    <details>
      <summary>{t('lab.asTable')}</summary>
      {children}
    </details>
  );
}

/** More are not told apart by colour; the table has them all. */
const colours = ['iris.5', 'orange.5', 'teal.5', 'grape.5', 'gray.5', 'pink.5'];

function ServedBy({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shareCi = useShareCi();
  const agents = Object.keys(run.agents);
  const rows = Object.entries(run.kinds).map(([label, { servedBy }]) => ({ label, servedBy }));
  // A point in a name would be read as a path.
  const data = rows.map(({ label, servedBy }) => ({
    label,
    ...Object.fromEntries(agents.map((name, nth) => [`group${nth}`, servedBy[name] ?? 0])),
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
                    ofOneRun(servedBy[name] ?? 0)
                  }
                  say={format.share}
                  sayCi={shareCi}
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
