// A message that is on its way, waits for the line, or was refused; a refused one can be sent again.
import { UnstyledButton } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { ApiProblem } from '../../api/client.ts';
import type { UnsentMessage } from '../../live/open-outbox.ts';
import { problemText } from '../answers/problem-text.ts';
import type { ConversationOutbox } from '../outbox/use-outbox.ts';
import classes from './thread.module.css';

export function PendingMessage({
  one,
  outbox,
}: {
  one: UnsentMessage;
  outbox: ConversationOutbox;
}) {
  const { t } = useTranslation();
  const { problem, stalled } = one;
  const failed = problem !== null;
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
          {withoutDirections(one.text || one.attachments.map(({ name }) => name).join(', '))}
        </div>
        <div
          className={classes.foot}
          data-bad={failed || undefined}
          role={failed ? 'alert' : stalled ? 'status' : undefined}
        >
          {failed && problemText(new ApiProblem(0, problem.code, problem.detail))}
          {!failed && <IconClock size={14} aria-label={t('thread.sending')} />}
          {!failed && stalled && t('thread.stalled')}
          {failed && (
            <UnstyledButton className={classes.retry} onClick={() => outbox.retry(one.key)}>
              {t('common.retry')}
            </UnstyledButton>
          )}
          {(failed || stalled) && (
            <UnstyledButton className={classes.retry} onClick={() => outbox.drop(one.key)}>
              {t('common.discard')}
            </UnstyledButton>
          )}
        </div>
      </div>
    </div>
  );
}
