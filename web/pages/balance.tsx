// Which conversations would move so that agents share the load evenly: before, after, each with its reason; then it is done as one.
import { Button, Select, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconRefresh, IconScale, IconUserOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem, ask, client } from '../api/client.ts';
import { balanceQuery, teamsQuery } from '../api/queries.ts';
import type { BalancePlan, BalanceResult } from '../api/shapes.ts';
import { ErrorNote } from '../components/answers/error-note.tsx';
import { problemText } from '../components/answers/problem-text.ts';
import { useSave } from '../components/answers/use-save.ts';
import { AppliedNote } from '../components/balance/applied-note.tsx';
import classes from '../components/balance/balance.module.css';
import { MoveTable } from '../components/balance/move-table.tsx';
import { ShareTable } from '../components/balance/share-table.tsx';
import { useReasonText } from '../components/naming/use-reason-text.ts';
import { useFormat } from '../i18n/use-format.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card, Page, Tile, Tiles } from '../ui/page.tsx';
import { useArrow } from '../ui/use-arrow.ts';

export default function BalancePage() {
  const { t } = useTranslation();
  const [teamId, setTeamId] = useState<string | null>(null);
  const [done, setDone] = useState<BalanceResult | null>(null);
  // What is shown stays until it is asked for again: nobody applies what they have not seen.
  const query = useQuery({
    ...balanceQuery(teamId),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  const apply = useApply(setDone);
  const look = () => {
    apply.reset();
    void query.refetch();
  };
  return (
    <Page
      title={t('balance.title')}
      text={t('balance.text')}
      actions={
        <Actions
          teamId={teamId}
          onTeam={(id) => {
            apply.reset();
            setTeamId(id);
          }}
          looking={query.isFetching}
          onLook={look}
        />
      }
    >
      {done !== null && <AppliedNote key={done.id} done={done} />}
      {apply.error !== null && <Failure error={apply.error} />}
      {query.isError && query.data === undefined && (
        <ErrorNote error={query.error} onRetry={look} />
      )}
      {query.isPending && <Skeleton height={220} radius={10} />}
      {query.data !== undefined && (
        <Plan
          plan={query.data}
          applying={apply.isPending}
          // Being asked for anew: it may not be what is shown.
          disabled={query.isFetching}
          onApply={(plan) => apply.mutate(plan, { onError: () => void query.refetch() })}
        />
      )}
    </Page>
  );
}

/** Where something has changed, a new plan is fetched, to be looked at first. */
function useApply(onDone: (done: BalanceResult) => void) {
  return useSave({
    send: ({ teamId, moves }: BalancePlan) => {
      const wanted = moves.map(({ conversationId, from, to }) => ({
        ...{ conversationId, from: from.agentId, to: to.agentId },
      }));
      return ask(client.POST('/api/v1/balance', { body: { teamId, moves: wanted } }));
    },
    touches: ['balance', 'agents', 'queue', 'conversations'],
    onDone,
    quiet: true,
  });
}

function Failure({ error }: { error: Error }) {
  const { t } = useTranslation();
  const hasChanged = error instanceof ApiProblem && error.code === 'balance.changed';
  return (
    <div className={classes.note} data-tone="warn" role="alert">
      <div>{hasChanged ? t('balance.changed') : problemText(error)}</div>
    </div>
  );
}

function Actions(props: {
  teamId: string | null;
  onTeam(id: string | null): void;
  looking: boolean;
  onLook(): void;
}) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconArrowLeft size={15} />}
        renderRoot={(root) => <Link to={paths.live} {...root} />}
      >
        {t('nav.live')}
      </Button>
      {teams.length > 0 && (
        <Select
          size="xs"
          w={170}
          aria-label={t('balance.team')}
          placeholder={t('balance.everybody')}
          clearable
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          value={props.teamId}
          onChange={props.onTeam}
        />
      )}
      <Button
        size="xs"
        variant="default"
        leftSection={<IconRefresh size={15} />}
        loading={props.looking}
        onClick={props.onLook}
      >
        {t('balance.again')}
      </Button>
    </>
  );
}

function Plan(props: {
  plan: BalancePlan;
  applying: boolean;
  disabled: boolean;
  onApply(plan: BalancePlan): void;
}) {
  const { t } = useTranslation();
  const say = useReasonText();
  const { plan, applying, disabled, onApply } = props;
  const { moves, shares, more } = plan;
  if (shares.length === 0) {
    return (
      <EmptyState
        icon={<IconUserOff size={20} />}
        title={t('balance.nobody')}
        text={t('balance.nobodyText')}
      />
    );
  }
  return (
    <>
      {moves.length === 0 ? (
        <EmptyState
          icon={<IconScale size={20} />}
          title={t('balance.even')}
          text={t('balance.evenText')}
        />
      ) : (
        <>
          <Figures plan={plan} />
          <Card
            title={t('balance.moves')}
            note={`${t('balance.movesText')} ${more ? t('balance.more') : t('balance.applying')}`}
            actions={
              <Button loading={applying} disabled={disabled} onClick={() => onApply(plan)}>
                {t('balance.apply', { count: moves.length })}
              </Button>
            }
            flush
          >
            <MoveTable moves={moves} say={say} />
          </Card>
        </>
      )}
      <Card title={t('balance.agentLoad')} flush>
        <ShareTable shares={shares} />
      </Card>
    </>
  );
}

function Figures({ plan: { before, after, moves } }: { plan: BalancePlan }) {
  const { t } = useTranslation();
  const arrow = useArrow();
  const format = useFormat();
  const goes = (from: number | null, to: number | null, say: (value: number) => string) =>
    `${from === null ? '–' : say(from)} ${arrow} ${to === null ? '–' : say(to)}`;
  return (
    <Tiles>
      <Tile label={t('balance.moves')} value={format.number(moves.length)} />
      <Tile
        label={t('balance.highest')}
        value={goes(before.highest, after.highest, format.share)}
      />
      <Tile label={t('balance.lowest')} value={goes(before.lowest, after.lowest, format.share)} />
      <Tile
        label={t('balance.jain')}
        value={goes(before.jain, after.jain, format.index)}
        note={t('balance.jainText')}
      />
    </Tiles>
  );
}
