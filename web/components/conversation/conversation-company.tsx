// Who handed the conversation over and why, and whom its agent has asked: above what was said.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowsRightLeft, IconUserQuestion, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { agentsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { useNameActor } from '../naming/use-name-actor.ts';
import { useSession } from '../session/use-session.ts';
import { useMayAct } from '../verbs/use-may-act.ts';
import type { useVerbs } from '../verbs/use-verbs.ts';
import classes from './conversation.module.css';
import { isReturnable, wasHandedTo } from './is-returnable.ts';

interface Props {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  onReturn(): void;
}

export function ConversationCompany(props: Props) {
  const { conversation } = props;
  const { user } = useSession();
  const { transfer, consulted } = conversation;
  return (
    <>
      {transfer !== null && wasHandedTo(conversation, user.agentId) && (
        <HandedOver key={transfer.at} {...props} transfer={transfer} />
      )}
      {consulted.length > 0 && <Asked {...props} />}
    </>
  );
}

/** Until it has been put away. */
function HandedOver({
  conversation,
  onReturn,
  transfer: { by, note, how },
}: Props & { transfer: NonNullable<Conversation['transfer']> }) {
  const { t } = useTranslation();
  const nameBy = useNameActor();
  const [isShown, setShown] = useState(true);
  if (!isShown) return null;
  return (
    <section className={classes.company} aria-label={t('transfer.received')}>
      <IconArrowsRightLeft size={16} />
      <div className={classes.companyText}>
        <b>{t(`transfer.how.${how}`, { name: nameBy(by) })}</b>
        {note !== null && <p>{withoutDirections(note)}</p>}
      </div>
      {isReturnable(conversation) && (
        <Button size="compact-sm" variant="default" onClick={onReturn}>
          {t('verb.return')}
        </Button>
      )}
      <ActionIcon size={26} aria-label={t('transfer.putAway')} onClick={() => setShown(false)}>
        <IconX size={15} />
      </ActionIcon>
    </section>
  );
}

function Asked({ conversation, verbs }: Props) {
  const { t } = useTranslation();
  const { user } = useSession();
  const agents = useQuery(agentsQuery).data;
  const nameBy = useNameActor();
  const acts = useMayAct()(conversation);
  const own = conversation.consulted.find(({ agentId }) => agentId === user.agentId);
  const nameOf = (id: string) =>
    agents?.find((agent) => agent.id === id)?.name ?? t('thread.somebody');
  const end = (agentId: string) => verbs.start({ name: 'endConsult', agentId });
  return (
    <section className={classes.company} aria-label={t('consult.asked')}>
      <IconUserQuestion size={16} />
      <div className={classes.companyText}>
        {own === undefined ? (
          <b>{t('consult.asked')}</b>
        ) : (
          <>
            <b>{t('consult.you', { name: nameBy(own.by) })}</b>
            {own.note !== null && <p>{withoutDirections(own.note)}</p>}
          </>
        )}
        <ul className={classes.asked}>
          {conversation.consulted.map(({ agentId }) => (
            <li key={agentId}>
              <span className="cut">
                {nameOf(agentId)} {agentId === user.agentId && `(${t('conversation.you')})`}
              </span>
              {acts && agentId !== user.agentId && (
                <>
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => verbs.start({ name: 'transfer', agentId })}
                    aria-label={t('consult.giveTo', { name: nameOf(agentId) })}
                  >
                    {t('consult.give')}
                  </Button>
                  <ActionIcon
                    size={24}
                    aria-label={t('consult.thank', { name: nameOf(agentId) })}
                    data-tip={t('consult.thank', { name: nameOf(agentId) })}
                    onClick={() => end(agentId)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
      </div>
      {own !== undefined && (
        <Button size="compact-sm" variant="default" onClick={() => end(own.agentId)}>
          {t('consult.leave')}
        </Button>
      )}
    </section>
  );
}
