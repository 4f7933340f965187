// Why the conversation is not with the agent whom the reader chooses: everything that stands against them.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { agentsQuery, whyNotQuery } from '../../api/queries.ts';
import type { Conversation, WhyNotReason } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Select } from '../../ui/select.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { useNameActor } from '../naming/use-name-actor.ts';
import classes from './panel.module.css';
import { wordWhyNot } from './word-why-not.ts';

export function WhyNot(props: {
  conversation: Conversation;
  agentId: string | null;
  onChoose(agentId: string | null): void;
}) {
  const { t } = useTranslation();
  const { conversation, agentId, onChoose } = props;
  const agents = useQuery(agentsQuery).data ?? [];
  const others = agents.filter(({ id }) => id !== conversation.agentId || id === agentId);
  return (
    <section className={classes.section}>
      <h2>{t('whyNot.title')}</h2>
      <Select
        size="xs"
        searchable
        clearable
        aria-label={t('whyNot.choose')}
        placeholder={t('whyNot.choose')}
        nothingFoundMessage={t('nav.nothingFound')}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={agentId}
        onChange={onChoose}
      />
      {agentId !== null && <Answer conversationId={conversation.id} agentId={agentId} />}
    </section>
  );
}

function Answer({ conversationId, agentId }: { conversationId: string; agentId: string }) {
  const { t } = useTranslation();
  const query = useQuery(whyNotQuery(conversationId, agentId));
  if (query.isError) return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return null;
  const { agentName: name, reasons, today, state } = query.data;
  // What the record says of the others stands above already.
  const own = reasons.filter(({ code }) => state === 'waiting' || !isRecord(code));
  return (
    <div className={classes.answer} role="status">
      <Sentences reasons={own.length === 0 ? reasons : own} name={name} />
      {today.length > 0 && (
        <>
          <h3>{t('whyNot.today')}</h3>
          <Sentences reasons={today} name={name} />
        </>
      )}
    </div>
  );
}

const isRecord = (code: WhyNotReason['code']) =>
  code === 'chosen' || code === 'considered' || code === 'closed';

function Sentences({ reasons, name }: { reasons: WhyNotReason[]; name: string }) {
  const { i18n } = useTranslation();
  const wording = { i18n, format: useFormat(), nameActor: useNameActor() };
  const now = serverNow();
  return (
    <ul className={classes.sentences}>
      {reasons.map((reason) => (
        <li key={reason.code}>{wordWhyNot(reason, { name, now }, wording)}</li>
      ))}
    </ul>
  );
}
