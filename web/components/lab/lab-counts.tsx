// What became of what agents were given: of offers, where a plan offers, and of a bot's conversations, where a bot comes first.
import { useTranslation } from 'react-i18next';
import type { SimulationFigures } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

type Agent = SimulationFigures['agents'][string];
type Part = 'offers' | 'bot';
type Counts<Of extends Part> = NonNullable<Agent[Of]>;

export function LabOffers({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  return (
    <LabCounts
      title={t('lab.offers')}
      note={t('lab.offersNote')}
      counts={list(run, 'offers')}
      columns={[
        [t('lab.offersMade'), ({ made }) => made],
        [t('lab.offersDeclined'), ({ declined }) => declined],
        [t('lab.offersMissed'), ({ missed }) => missed],
        [t('lab.offersWithdrawn'), ({ withdrawn }) => withdrawn],
      ]}
    />
  );
}

export function LabBots({ run }: { run: SimulationFigures }) {
  const { t } = useTranslation();
  return (
    <LabCounts
      title={t('lab.bots')}
      note={t('lab.botsNote')}
      counts={list(run, 'bot')}
      columns={[
        [t('lab.botEnded'), ({ ended }) => ended],
        [t('lab.botHandedOver'), ({ handedOver }) => handedOver],
        [t('lab.botSilent'), ({ silent }) => silent],
      ]}
    />
  );
}

function list<Of extends Part>({ agents }: SimulationFigures, part: Of): [string, Counts<Of>][] {
  return Object.entries(agents).flatMap(([name, { [part]: counts }]): [string, Counts<Of>][] =>
    counts === undefined ? [] : [[name, counts as Counts<Of>]],
  );
}

function LabCounts<Of>(props: {
  title: string;
  note: string;
  counts: [string, Of][];
  columns: [string, (counts: Of) => number][];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { title, note, counts, columns } = props;
  if (counts.length === 0) return null;
  const shown = columns.map(
    ([head, of]): Column<[string, Of]> => ({
      ...{ head, right: true },
      cell: ([, row]) => format.number(of(row)),
    }),
  );
  return (
    <Card title={title} note={note}>
      <Table
        label={title}
        columns={[{ head: t('lab.agents'), cell: ([name]) => name }, ...shown]}
        rows={counts}
        rowKey={([name]) => name}
      />
    </Card>
  );
}
