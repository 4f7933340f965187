// Says what was not answered in time, until whoever reads it has understood.
import { Button } from '@mantine/core';
import { IconBellX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offers } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { callContact } from '../naming/call-contact.ts';
import classes from './offers.module.css';

const KEY = 'usher.missed-understood';

export function MissedOffers({ missed }: { missed: Offers['missed'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [until, setUntil] = useState(readUnderstood);
  const fresh = missed.filter(({ missedAt }) => missedAt > until);
  const [last] = fresh;
  if (last === undefined) return null;
  const named = { name: callContact(last.contact, t), channel: last.channelName };
  const understand = () => setUntil(keepUnderstood(last.missedAt));
  return (
    <div className={classes.told}>
      <IconBellX size={16} />
      <span>
        {fresh.length === 1
          ? t('offers.missed', { ...named, time: format.time(last.offeredAt) })
          : t('offers.missedMore', {
              ...named,
              time: format.time(last.offeredAt),
              count: fresh.length,
            })}
      </span>
      <Button size="compact-sm" variant="default" onClick={understand}>
        {t('offers.understood')}
      </Button>
    </div>
  );
}

function readUnderstood(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Also for the other tabs, and after a reload. */
function keepUnderstood(missedAt: string): string {
  try {
    localStorage.setItem(KEY, missedAt);
  } catch {
    // Then it is told again after a reload.
  }
  return missedAt;
}
