// The user at the foot of the sidebar, and their menu.
import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statusesQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import { AgentFace } from '../faces/agent-face.tsx';
import { nameStatus } from '../faces/name-status.ts';
import { StatusDot } from '../faces/status-text.tsx';
import { MenuOnDemand, partOf } from '../on-demand/on-demand.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { useSession } from '../session/use-session.ts';
import { wrapsUpUntil } from '../session/use-wrap-up.ts';
import classes from './shell.module.css';

const userMenu = partOf(async () => (await import('./user-menu.tsx')).UserMenu);

export function OwnMenu({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { availability, mine } = useAvailability();
  const statuses = useQuery(statusesQuery).data;
  const colour = statuses?.find(({ id }) => id === mine?.statusId)?.colour;
  return (
    <MenuOnDemand
      part={userMenu}
      onHelp={onHelp}
      target={
        <UnstyledButton className={classes.me}>
          <span className={classes.faceWithDot}>
            <AgentFace name={user.name} url={user.avatarUrl} size={28} />
            <StatusDot availability={availability} colour={colour} size={10} />
          </span>
          <span style={{ minWidth: 0 }}>
            <strong className="cut">{user.name}</strong>
            <small className="cut">
              {mine === undefined ? (
                t(`availability.${availability}`)
              ) : (
                <OwnState agent={mine} status={nameStatus(mine, { t, statuses })} />
              )}
            </small>
          </span>
        </UnstyledButton>
      }
    />
  );
}

/** The status; while something is wrapped up, how long still. */
function OwnState({ agent, status }: { agent: Agent; status: string }) {
  if (agent.wrapUps.length === 0) return status;
  return <WrapsUp agent={agent} status={status} />;
}

function WrapsUp({ agent, status }: { agent: Agent; status: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const until = wrapsUpUntil(agent, now);
  if (until === null) return status;
  return t('wrapUp.left', { time: format.longSpan(Math.ceil((until - now) / 1000)) });
}
