// The user at the foot of the sidebar, and their menu.
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dot } from '../../ui/pill.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import { availabilityTones } from '../faces/availability-tones.ts';
import { MenuOnDemand, partOf } from '../on-demand/on-demand.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { useSession } from '../session/use-session.ts';
import classes from './shell.module.css';

const userMenu = partOf(async () => (await import('./user-menu.tsx')).UserMenu);

export function OwnMenu({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { availability } = useAvailability();
  return (
    <MenuOnDemand
      part={userMenu}
      onHelp={onHelp}
      target={
        <UnstyledButton className={classes.me}>
          <span className={classes.faceWithDot}>
            <AgentFace name={user.name} url={user.avatarUrl} size={28} />
            <Dot tone={availabilityTones[availability]} size={10} />
          </span>
          <span style={{ minWidth: 0 }}>
            <strong className="cut">{user.name}</strong>
            <small>{t(`availability.${availability}`)}</small>
          </span>
        </UnstyledButton>
      }
    />
  );
}
