// A message that is on its way, or that did not come through: it can be sent once more, or dropped.
import { UnstyledButton } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './thread.module.css';
import type { Outgoing, useOutbox } from './use-outbox.ts';

export function PendingMessage({
  one,
  outbox,
}: {
  one: Outgoing;
  outbox: ReturnType<typeof useOutbox>;
}) {
  const { t } = useTranslation();
  const failed = one.error !== null;
  return (
    <div className={classes.group} data-side="us">
      <div />
      <div className={classes.bubbles}>
        <div
          className={classes.bubble}
          data-kind={one.note ? 'note' : 'text'}
          data-pending={!failed || undefined}
          data-failed={failed || undefined}
        >
          {one.text || one.attachments.map(({ name }) => name).join(', ')}
        </div>
        <div
          className={classes.foot}
          data-bad={failed || undefined}
          role={failed ? 'alert' : undefined}
        >
          {failed ? one.error : <IconClock size={14} aria-label={t('thread.sending')} />}
          {failed && (
            <>
              <UnstyledButton className={classes.retry} onClick={() => void outbox.attempt(one)}>
                {t('common.retry')}
              </UnstyledButton>
              <UnstyledButton className={classes.retry} onClick={() => outbox.drop(one.key)}>
                {t('common.discard')}
              </UnstyledButton>
            </>
          )}
        </div>
      </div>
    </div>
  );
}
