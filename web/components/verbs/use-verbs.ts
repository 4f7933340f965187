// What can be done with the conversation that is shown; a closing can be taken back where the channel allows it.

import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { canReopen } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';
import { problemText } from '../answers/problem-text.ts';
import { useSession } from '../session/use-session.ts';
import { offerUndo } from './offer-undo.tsx';
import { isFull, useRunVerb } from './use-run-verb.ts';
import type { Verb } from './verbs.ts';

export function useVerbs(conversation: Conversation) {
  const { user } = useSession();
  const { t } = useTranslation();
  const { mutateAsync, isPending } = useRunVerb();
  const run = async (verb: Verb): Promise<void> => {
    await mutateAsync({ conversation, verb });
    if (verb.name === 'close' && canReopen(conversation.channelKind)) {
      offerUndo({
        text: t('close.done'),
        label: t('common.undo'),
        undo: () => start({ name: 'reopen' }),
      });
    }
  };
  /** What went wrong has been said already, but for a lack of room: `run` leaves that to be forced. */
  const start = (verb: Verb) =>
    void run(verb).catch((error: unknown) => {
      if (isFull(error)) notifications.show({ message: problemText(error), color: 'red' });
    });
  const take = () => {
    if (user.agentId !== null) start({ name: 'assign', agentId: user.agentId });
  };
  const takeOver = () => {
    if (user.agentId !== null) start({ name: 'takeOver', agentId: user.agentId });
  };
  return { run, start, take, takeOver, busy: isPending };
}
