// Oneself: availability, look, language, alerts, sign-out.
import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconBell,
  IconBellOff,
  IconCheck,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSun,
  IconSunMoon,
  IconUser,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Agent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { keepWishes, readWishes } from '../../live/alerts.ts';
import { paths } from '../../paths.ts';
import { useNow } from '../../ui/use-now.ts';
import { StatusItems } from '../faces/status-items.tsx';
import { useDetail } from '../faces/status-text.tsx';
import { type MenuTarget, useOpening } from '../on-demand/on-demand.tsx';
import { useOutboxValue } from '../outbox/outbox-provider.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { useSession } from '../session/use-session.ts';
import { useWrapUpDone, wrapsUpUntil } from '../session/use-wrap-up.ts';

export function UserMenu({ onHelp, target }: { onHelp(): void; target: MenuTarget }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useOpening();
  const { user } = useSession();
  const { availability, statusId, mine, chooseStatus } = useAvailability();
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <Menu opened={opened} onChange={setOpened} position="top-start" width={230}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {user.agentId !== null && (
          <>
            <Menu.Label>{t('availability.title')}</Menu.Label>
            {mine !== undefined && <SinceLabel agent={mine} />}
            <StatusItems now={{ availability, statusId }} onChoose={chooseStatus} />
            {mine !== undefined && <WrapUpItem agent={mine} />}
            <Menu.Divider />
          </>
        )}
        <AlertItems />
        <LookItem />
        <Menu.Divider />
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {t('keys.title')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUser size={16} />}
          onClick={() => void navigate({ to: paths.profile })}
        >
          {t('profile.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={signOut}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function useSignOut(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { mayLeave } = useOutboxValue();
  return async () => {
    if (!(await mayLeave())) return;
    await ask(client.DELETE('/api/v1/session')).catch(() => {});
    await navigate({ to: paths.signIn });
    queries.clear();
  };
}

/** What somebody else has set is said with their name and reason. */
function SinceLabel({ agent }: { agent: Agent }) {
  return (
    <Menu.Label style={{ whiteSpace: 'normal', paddingTop: 0 }}>{useDetail(agent)}</Menu.Label>
  );
}

/** How long what has ended keeps its place, and that it may have it no longer. */
function WrapUpItem({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const done = useWrapUpDone(agent.id);
  const until = wrapsUpUntil(agent, now);
  if (until === null) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label className="numbers">
        {t('wrapUp.left', { time: format.longSpan(Math.ceil((until - now) / 1000)) })}
      </Menu.Label>
      <Menu.Item leftSection={<IconCheck size={16} />} onClick={done}>
        {t('wrapUp.done')}
      </Menu.Item>
    </>
  );
}

function AlertItems() {
  const { t } = useTranslation();
  const [wishes, setWishes] = useState(readWishes);
  const change = (part: Partial<typeof wishes>) =>
    void keepWishes({ ...wishes, ...part }).then(setWishes);
  return (
    <>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={wishes.sound ? <IconVolume size={16} /> : <IconVolumeOff size={16} />}
        onClick={() => change({ sound: !wishes.sound })}
      >
        {wishes.sound ? t('alerts.soundOn') : t('alerts.soundOff')}
      </Menu.Item>
      <Menu.Item
        closeMenuOnClick={false}
        leftSection={wishes.desktop ? <IconBell size={16} /> : <IconBellOff size={16} />}
        onClick={() => change({ desktop: !wishes.desktop })}
      >
        {wishes.desktop ? t('alerts.desktopOn') : t('alerts.desktopOff')}
      </Menu.Item>
    </>
  );
}

const looks = ['light', 'dark', 'auto'] as const;

function LookItem() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const next = looks[(looks.indexOf(colorScheme) + 1) % looks.length] ?? 'auto';
  const icons = { light: IconSun, dark: IconMoon, auto: IconSunMoon };
  const Icon = icons[colorScheme];
  return (
    <Menu.Item
      closeMenuOnClick={false}
      leftSection={<Icon size={16} />}
      onClick={() => setColorScheme(next)}
    >
      {t(`look.${colorScheme}`)}
    </Menu.Item>
  );
}
