// What a re-balance has done, and taking it back.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { BalanceResult, BalanceUndone } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useSave } from '../answers/use-save.ts';
import classes from './balance.module.css';

export function AppliedNote({ done }: { done: BalanceResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [undone, setUndone] = useState<BalanceUndone | null>(null);
  const undo = useSave({
    send: (id: string) =>
      ask(client.POST('/api/v1/balance/{id}/undo', { params: { path: { id } } })),
    touches: ['balance', 'agents', 'queue', 'conversations'],
    onDone: setUndone,
  });
  const { highest, lowest } = done.after;
  const said = {
    count: done.moved,
    highest: format.share(highest),
    lowest: format.share(lowest),
  };
  return (
    <div className={classes.note} data-tone="good" role="status">
      <div>{undone === null ? t('balance.moved', said) : <Undone undone={undone} />}</div>
      {undone === null && (
        <Button
          size="xs"
          variant="default"
          loading={undo.isPending}
          onClick={() => undo.mutate(done.id)}
        >
          {t('balance.undo')}
        </Button>
      )}
    </div>
  );
}

const obstacles = ['not-movable', 'no-room', 'cannot-take', 'cannot-give'] as const;

function Undone({ undone: { moved, left } }: { undone: BalanceUndone }) {
  const { t } = useTranslation();
  const counts = obstacles.map((obstacle) => ({
    obstacle,
    count: left.filter((one) => one.obstacle === obstacle).length,
  }));
  return (
    <>
      {t('balance.undone', { count: moved })}
      {left.length > 0 && (
        <>
          {' '}
          {t('balance.left', { count: left.length })}
          <ul>
            {counts.flatMap(({ obstacle, count }) =>
              count === 0
                ? []
                : [<li key={obstacle}>{t(`balance.left.${obstacle}`, { count })}</li>],
            )}
          </ul>
        </>
      )}
    </>
  );
}
