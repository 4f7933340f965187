// An agent among those who may be chosen: whether they are there, and how much room they have.
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/shapes.ts';
import classes from '../../ui/choices.module.css';
import { LoadBar } from '../../ui/load-bar.tsx';
import { Dot } from '../../ui/pill.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import { availabilityTones } from '../faces/availability-tones.ts';
import { BotPill } from '../faces/bot-pill.tsx';
import { useSession } from '../session/use-session.ts';

export function AgentChoice({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const { user } = useSession();
  return (
    <>
      <AgentFace name={agent.name} size={28} />
      <span className={classes.choiceName}>
        <span className="cut">
          {agent.name} {agent.id === user.agentId && `(${t('conversation.you')})`}{' '}
          <BotPill kind={agent.kind} />
        </span>
        <small>
          <Dot tone={availabilityTones[agent.availability]} size={7} />{' '}
          {t(`availability.${agent.availability}`)}
        </small>
      </span>
      <span className={classes.load}>
        <span className="numbers">
          {agent.load} / {agent.effectiveCapacity}
        </span>
        <LoadBar
          value={agent.load}
          most={agent.effectiveCapacity}
          width={64}
          label={t('live.loadOf', { name: agent.name })}
        />
      </span>
    </>
  );
}
