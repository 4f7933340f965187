// Says on Live that the load is uneven, where a re-balance is worth it, and leads to it.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { balanceQuery } from '../../api/queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import classes from './balance.module.css';

const REFRESH_MS = 30_000;
/** In points of a hundred, as src/contract/balance.ts has it. */
const PROPOSED_POINTS = 25;

/** Quiet: nothing else on the page waits for it, and a failure shows nothing. */
export function Proposal() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery({ ...balanceQuery(null), refetchInterval: REFRESH_MS });
  if (data === undefined || !data.proposed) return null;
  const { before, after, moves } = data;
  const said = {
    lowest: format.share(before.lowest),
    highest: format.share(before.highest),
    newLowest: format.share(after.lowest),
    newHighest: format.share(after.highest),
    count: moves.length,
  };
  return (
    <section className={classes.note} aria-label={t('balance.title')}>
      <div>
        {t('balance.proposed', said)}
        <small>{t('balance.proposedWhy', { gap: PROPOSED_POINTS })}</small>
      </div>
      <Button
        size="xs"
        variant="default"
        renderRoot={(props) => <Link to={paths.balance} {...props} />}
      >
        {t('balance.show')}
      </Button>
    </section>
  );
}
