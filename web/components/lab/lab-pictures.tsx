// Pictures of one run or two: how long people wait, who is served in time, how busy agents are, who serves whom. Each has its table.
import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { shareWithin } from './compare.ts';
import { WITHIN } from './scenario.ts';

interface Runs {
  first: SimulationFigures;
  changed: SimulationFigures | null;
}

interface Row {
  label: string;
  first: number;
  changed: number | null;
}

const MINUTE = 60;

export function LabPictures(runs: Runs) {
  const { t } = useTranslation();
  const format = useFormat();
  const { first, changed } = runs;
  const names = (of: 'kinds' | 'agents') => [
    ...new Set([...Object.keys(first[of]), ...Object.keys(changed?.[of] ?? {})]),
  ];
  const within = WITHIN.map(
    (seconds): Row => ({
      label: format.longSpan(seconds),
      first: shareWithin(first, seconds),
      changed: changed && shareWithin(changed, seconds),
    }),
  );
  const inTime = (run: SimulationFigures, name: string) =>
    run.kinds[name]?.within[String(MINUTE)] ?? 0;
  const kinds = names('kinds').map(
    (label): Row => ({
      label,
      first: inTime(first, label),
      changed: changed && inTime(changed, label),
    }),
  );
  const agents = names('agents').map(
    (label): Row => ({
      label,
      first: first.agents[label]?.occupancy ?? 0,
      changed: changed && (changed.agents[label]?.occupancy ?? 0),
    }),
  );
  return (
    <>
      <Picture
        title={t('lab.waits')}
        note={t('lab.waitsNote')}
        head={t('lab.within')}
        rows={within}
        line
      />
      <Picture
        title={t('lab.inTime')}
        note={t('lab.inTimeNote')}
        head={t('lab.kind')}
        rows={kinds}
      />
      <Picture title={t('lab.use')} note={t('lab.useNote')} head={t('lab.agents')} rows={agents} />
      <ServedBy run={changed ?? first} />
    </>
  );
}

function Picture(props: {
  title: string;
  note: string;
  head: string;
  rows: readonly Row[];
  line?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, note, head, rows } = props;
  const two = rows.some(({ changed }) => changed !== null);
  const Chart = props.line ? LineChart : BarChart;
  const series = [
    { name: 'first', label: t('lab.first'), color: 'gray.5' },
    ...(two ? [{ name: 'changed', label: t('lab.changed'), color: 'iris.5' }] : []),
  ];
  const share = (value: number | null) => (value === null ? '–' : format.share(value));
  const columns: Column<Row>[] = [
    { head, cell: ({ label }) => label },
    { head: t('lab.first'), right: true, cell: (row) => share(row.first) },
    ...(two
      ? [{ head: t('lab.changed'), right: true, cell: (row: Row) => share(row.changed) }]
      : []),
  ];
  return (
    <Card title={title} note={note}>
      <Chart
        h={220}
        data={rows.map((row) => ({ ...row }))}
        dataKey="label"
        series={series}
        valueFormatter={(value) => format.share(value)}
        yAxisProps={{ domain: [0, 1] }}
        withLegend
        legendProps={inOrder}
        tickLine="none"
        gridAxis="x"
      />
      <Table label={title} columns={columns} rows={rows} rowKey={({ label }) => label} />
    </Card>
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
              cell: ({ servedBy }) => format.share(servedBy[name] ?? 0),
            }),
          ),
        ]}
        rows={rows}
        rowKey={({ label }) => label}
      />
    </Card>
  );
}
