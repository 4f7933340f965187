// What agents did with what they were offered, where a plan offers.
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

type Offers = NonNullable<SimulationFigures['agents'][string]['offers']>;
type Row = Offers & { name: string };

export function LabOffers({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = Object.entries(run.agents).flatMap(([name, { offers }]): Row[] => {
    return offers === undefined ? [] : [{ name, ...offers }];
  });
  if (rows.length === 0) return null;
  const count = (head: string, of: keyof Offers): Column<Row> => ({
    ...{ head, right: true },
    cell: (row) => format.number(row[of]),
  });
  return (
    <Card title={t('lab.offers')} note={t('lab.offersNote')}>
      <Table
        label={t('lab.offers')}
        columns={[
          { head: t('lab.agents'), cell: ({ name }) => name },
          count(t('lab.offersMade'), 'made'),
          count(t('lab.offersDeclined'), 'declined'),
          count(t('lab.offersMissed'), 'missed'),
          count(t('lab.offersWithdrawn'), 'withdrawn'),
        ]}
        rows={rows}
        rowKey={({ name }) => name}
      />
    </Card>
  );
}
