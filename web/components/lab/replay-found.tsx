// What a replay has found: how many decisions come out again, which do not and why, and what people gave by hand.
import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay, RulesCause } from '../../../src/contract/replays.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Tile, Tiles } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export function ReplayFound({ found }: { found: Replay }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { decided, reproduced, differing, unexplained, byHand, rules, standing } = found;
  if (decided + byHand === 0) {
    return (
      <Card>
        <EmptyState title={t('lab.replay.nothing')} text={t('lab.replay.nothingText')} />
      </Card>
    );
  }
  const of = (part: number, all: number) =>
    t('lab.replay.of', { part: format.number(part), all: format.number(all) });
  return (
    <>
      <p role="status" style={{ fontWeight: 600 }}>
        {t('lab.replay.again', { n: format.number(reproduced), count: decided })}
      </p>
      <Tiles>
        <Tile
          label={t('lab.replay.differing')}
          value={format.number(differing)}
          note={t('lab.replay.unexplained', { n: format.number(unexplained) })}
        />
        <Tile label={t('lab.replay.byHand')} value={format.number(byHand)} />
        <Tile
          label={t('lab.replay.rules')}
          value={of(rules.again, rules.asked)}
          note={<RulesCauses causes={rules.causes} />}
        />
        <Tile label={t('lab.replay.standing')} value={of(standing.asPlanned, standing.asked)} />
      </Tiles>
      <Differences found={found} />
      <Moves found={found} />
    </>
  );
}

function RulesCauses({ causes }: { causes: Replay['rules']['causes'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = Object.entries(causes).map(([cause, count]) =>
    t(`lab.replay.rules.${cause as RulesCause}`, { n: format.number(count) }),
  );
  return words.join(' · ');
}

type Given = Replay['moves'][number] | Replay['differences'][number];

function useGivenColumns(): Column<Given>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      head: t('lab.replay.at'),
      cell: ({ at, conversationId }) => (
        <Link to={paths.conversation('all', conversationId)}>{format.full(at)}</Link>
      ),
    },
    { head: t('lab.replay.givenTo'), cell: ({ agent }) => agent.name },
  ];
}

function Differences({ found: { differences, differing } }: { found: Replay }) {
  const { t } = useTranslation();
  const given = useGivenColumns();
  if (differing === 0) return null;
  return (
    <Card title={t('lab.replay.differences')} note={t('lab.replay.differencesNote')} flush>
      <Rows
        label={t('lab.replay.differences')}
        rows={differences}
        columns={[
          ...given,
          {
            head: t('lab.replay.againTo'),
            cell: ({ replayed }) => replayed?.name ?? t('lab.replay.nobody'),
          },
          {
            head: t('lab.replay.why'),
            cell: ({ cause }) => t(`lab.replay.cause.${cause}`),
          },
        ]}
      />
    </Card>
  );
}

function Moves({ found: { moves, byHand } }: { found: Replay }) {
  const { t } = useTranslation();
  const given = useGivenColumns();
  if (byHand === 0) return null;
  return (
    <Card title={t('lab.replay.moves')} note={t('lab.replay.movesNote')} flush>
      <Rows
        label={t('lab.replay.moves')}
        rows={moves}
        columns={[
          ...given,
          {
            head: t('lab.replay.by'),
            cell: ({ by, forced }) => {
              const who = by === 'remote' ? t('lab.replay.remote') : by.replace(/^user:/, '');
              return forced ? `${who} · ${t('lab.replay.forced')}` : who;
            },
          },
        ]}
      />
    </Card>
  );
}

const AT_A_TIME = 20;

function Rows<Row extends Given>(props: {
  label: string;
  rows: readonly Row[];
  columns: Column<Row>[];
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_A_TIME);
  const { label, rows, columns } = props;
  return (
    <>
      <Table
        {...{ label, columns, rows: rows.slice(0, shown) }}
        rowKey={({ assignmentId }) => assignmentId}
      />
      {rows.length > shown && (
        <Group justify="center" p="sm">
          <Button size="xs" variant="default" onClick={() => setShown(shown + AT_A_TIME)}>
            {t('common.showMore')}
          </Button>
        </Group>
      )}
    </>
  );
}
