// Bars above every page: what was not answered in time, and that its agent is away because of it.
import { Button } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { offersQuery } from '../../api/queries.ts';
import { useAvailability } from '../session/use-availability.ts';
import { MissedOffers } from './missed-offers.tsx';
import classes from './offers.module.css';

export function OfferBars({ isAway }: { isAway: boolean }) {
  const { t } = useTranslation();
  const { choose } = useAvailability();
  const { missed = [] } = useQuery(offersQuery).data ?? {};
  return (
    <div role="status">
      <MissedOffers missed={missed} />
      {isAway && (
        <div className={classes.told}>
          <IconClockPause size={16} />
          <span>{t('offers.away')}</span>
          <Button size="compact-sm" onClick={() => choose('online')}>
            {t('offers.backOnline')}
          </Button>
        </div>
      )}
    </div>
  );
}
