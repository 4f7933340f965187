// What bounds an agent at this moment: limits that are used up, the pace, and what is wrapped up, which a supervisor may end.
import { ActionIcon } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelKinds, isKnownKind } from '../../../src/contract/channel-kinds.ts';
import { channelsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWrapUpDone, wrapsUpUntil } from '../session/use-wrap-up.ts';
import classes from './live.module.css';

export function AgentBounds({ agent, steers }: { agent: Agent; steers: boolean }) {
  const { effectiveLimits, pacedUntil, wrapUps } = agent;
  if (effectiveLimits.length + wrapUps.length === 0 && pacedUntil === null) return null;
  return <Bounds agent={agent} steers={steers} />;
}

function Bounds({ agent, steers }: { agent: Agent; steers: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const done = useWrapUpDone(agent.id);
  const nameOf = useScopeNames(agent.effectiveLimits.length > 0);
  const wrapsUntil = wrapsUpUntil(agent, now);
  const paced = agent.pacedUntil === null ? null : Date.parse(agent.pacedUntil);
  const left = (until: number) => format.longSpan(Math.ceil((until - now) / 1000));
  return (
    <div className={classes.bounds}>
      {agent.effectiveLimits.map(({ scope, most, load }) => (
        <div key={scope} style={load >= most ? { color: 'var(--text)' } : undefined}>
          {t('live.limitOf', { channel: nameOf(scope), held: load, most })}
        </div>
      ))}
      {paced !== null && paced > now && <div>{t('live.paced', { time: left(paced) })}</div>}
      {wrapsUntil !== null && (
        <div style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
          {t('wrapUp.left', { time: left(wrapsUntil) })}
          {steers && (
            <ActionIcon
              size={20}
              title={t('wrapUp.doneOf', { name: agent.name })}
              aria-label={t('wrapUp.doneOf', { name: agent.name })}
              onClick={done}
            >
              <IconCheck size={13} />
            </ActionIcon>
          )}
        </div>
      )}
    </div>
  );
}

function useScopeNames(enabled: boolean): (scope: string) => string {
  const channels = useQuery({ ...channelsQuery, enabled }).data;
  return (scope) => {
    if (isKnownKind(scope)) return channelKinds[scope].name;
    return channels?.find(({ id }) => id === scope)?.name ?? scope;
  };
}
