// Why this agent has it, or why it still waits: the recorded decision in sentences, with who else was considered.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, decisionsQuery } from '../../api/queries.ts';
import type { Conversation, Decisions } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import { BotPill } from '../faces/bot-pill.tsx';
import { useDeclineText, useEndText, useReasonText } from '../naming/use-reason-text.ts';
import classes from './panel.module.css';
import { readBecause } from './read-because.ts';
import type { PanelState } from './use-panel.ts';
import { WhyFunnel } from './why-funnel.tsx';
import { WhyNot } from './why-not.tsx';

type Decision = Decisions['decisions'][number];

export function WhyTab({ conversation, panel }: { conversation: Conversation; panel: PanelState }) {
  const { t } = useTranslation();
  const query = useQuery(decisionsQuery(conversation.id));
  const say = useReasonText();
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) {
    return (
      <section className={classes.section}>
        <Skeleton height={14} mb={10} />
        <Skeleton height={14} width="80%" mb={10} />
        <Skeleton height={14} width="60%" />
      </section>
    );
  }
  const { state, reasons, decisions } = query.data;
  const [latest, ...earlier] = decisions;
  return (
    <>
      <section className={classes.section}>
        <h2>{state === 'waiting' ? t('why.waits') : t('why.has')}</h2>
        <ul className={classes.sentences}>
          {reasons.map((reason) => (
            <li key={reason.code}>{say(reason)}</li>
          ))}
          {reasons.length === 0 && <li>{t('why.none')}</li>}
        </ul>
      </section>
      <WhyFunnel reasons={reasons} />
      {latest && state !== 'waiting' && <Candidates decision={latest} />}
      <WhyNot conversation={conversation} agentId={panel.whyNot} onChoose={panel.askWhyNot} />
      {(state === 'waiting' ? decisions : earlier).length > 0 && (
        <section className={classes.section}>
          <h2>{t('why.before')}</h2>
          {(state === 'waiting' ? decisions : earlier).map((one) => (
            <Earlier key={one.assignmentId} decision={one} />
          ))}
        </section>
      )}
    </>
  );
}

function Candidates({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data;
  const because = readBecause(decision.because);
  if (because === null) return null;
  const nameOf = (id: string) =>
    agents?.find((agent) => agent.id === id)?.name ?? decision.agentName ?? id;
  const kindOf = (id: string) => agents?.find((agent) => agent.id === id)?.kind;
  const { winner, runnerUp } = because;
  return (
    <section className={classes.section}>
      <h2>{t('why.candidates')}</h2>
      {[winner, runnerUp].map(
        (one, index) =>
          one !== null && (
            <div key={one.agentId} className={classes.candidate}>
              <AgentFace name={nameOf(one.agentId)} size={28} />
              <div>
                <span className="cut">{nameOf(one.agentId)}</span>
                <BotPill kind={kindOf(one.agentId)} />
                <small>
                  {t('why.facts', {
                    share: format.share(one.loadShare),
                    idle: format.span(one.idleSeconds),
                  })}
                </small>
              </div>
              {index === 0 && <Pill tone="good">{t('why.chosen')}</Pill>}
            </div>
          ),
      )}
    </section>
  );
}

function Earlier({ decision }: { decision: Decision }) {
  const { t } = useTranslation();
  const format = useFormat();
  const endText = useEndText();
  const declineText = useDeclineText();
  const name = decision.agentName ?? t('thread.somebody');
  return (
    <div className={classes.candidate}>
      <AgentFace name={name} size={24} />
      <div>
        <span className="cut">{name}</span>
        <small>
          {format.full(decision.assignedAt)}
          {decision.endReason && ` · ${endText(decision.endReason)}`}
          {decision.declineReason && `: ${declineText(decision.declineReason)}`}
        </small>
      </div>
      {decision.forced && <Pill tone="warn">{t('why.forced')}</Pill>}
    </div>
  );
}
