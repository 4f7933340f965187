// How often agents transfer, and how long people wait for the next one then.
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ofOneRun, overRuns } from './compare.ts';
import { Figure } from './figure.tsx';

type Transfers = NonNullable<SimulationFigures['kinds'][string]['transfers']>;
type Shown = 'share' | 'meanWait' | 'p95' | 'leftShare';
type Row = [string, Transfers];

export function LabTransfers({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = Object.entries(run.kinds).flatMap(([name, { transfers }]): Row[] =>
    transfers === undefined ? [] : [[name, transfers]],
  );
  if (rows.length === 0) return null;
  const column = (head: string, figure: Shown): Column<Row> => ({
    ...{ head, right: true },
    cell: ([name, transfers]) => (
      <Figure
        estimate={readOver(run, name, figure) ?? readOnce(transfers, figure)}
        {...(figure.endsWith('hare')
          ? { say: format.share, sayCi: format.fineShare }
          : { say: format.longSpan })}
      />
    ),
  });
  return (
    <Card title={t('lab.transfers')} note={t('lab.transfersNote')}>
      <Table
        label={t('lab.transfers')}
        columns={[
          { head: t('lab.kind'), cell: ([name]) => name },
          column(t('lab.transferred'), 'share'),
          column(t('lab.meanWait'), 'meanWait'),
          column(t('lab.p95'), 'p95'),
          column(t('lab.transfersLeft'), 'leftShare'),
        ]}
        rows={rows}
        rowKey={([name]) => name}
      />
    </Card>
  );
}

const readOver = ({ repeated }: SimulationFigures, name: string, figure: Shown) =>
  overRuns(repeated?.kinds[name]?.transfers?.[figure]);

/** Where nobody was transferred there is nothing to tell of them. */
const readOnce = (transfers: Transfers, figure: Shown) =>
  transfers.made === 0 && figure !== 'share' ? null : ofOneRun(transfers[figure]);
