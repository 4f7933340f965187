// Everything reachable by typing a few letters.
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { useKeys } from '../live/use-keys.ts';
import { inboxViews, paths, settingsPages } from '../paths.ts';
import { Face } from '../ui/face.tsx';
import { settingsActions } from './settings-access.ts';
import { useAvailability } from './use-availability.ts';
import { useCan } from './use-session.ts';

export default function CommandBar({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  useKeys({ commands: () => spotlight.open() });
  const commands = useCommands(onHelp);
  const found = useFound(useDeferredValue(typed));
  return (
    <Spotlight
      actions={[...found, ...commands]}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      limit={9}
      highlightQuery
      nothingFound={t('nav.nothingFound')}
      filter={(query, actions) => filterCommands(query, actions as SpotlightActionData[])}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('nav.commandsHint'),
        'aria-label': t('nav.commands'),
      }}
      scrollable
    />
  );
}

/** Conversations were already searched by the server; they stay whatever they say. */
function filterCommands(query: string, actions: SpotlightActionData[]): SpotlightActionData[] {
  const wanted = query.trim().toLowerCase();
  return actions.filter(
    ({ id, label }) => id.startsWith('found-') || (label ?? '').toLowerCase().includes(wanted),
  );
}

function useCommands(onHelp: () => void): SpotlightActionData[] {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { choose } = useAvailability();
  const go = (label: string, to: string): SpotlightActionData => ({
    id: to,
    label,
    onClick: () => void navigate({ to }),
  });
  const settings = settingsPages.filter((page) => can(settingsActions[page]));
  return [
    ...inboxViews.map((view) => go(`${t('nav.inbox')}: ${t(`view.${view}`)}`, paths.inbox(view))),
    go(t('nav.live'), paths.live),
    ...(can('reports.read') ? [go(t('nav.reports'), paths.reports)] : []),
    ...settings.map((page) =>
      go(`${t('nav.settings')}: ${t(`settings.${page}`)}`, paths.settings(page)),
    ),
    go(t('profile.title'), paths.profile),
    ...(['online', 'away', 'offline'] as const).map((one) => ({
      id: `availability-${one}`,
      label: `${t('availability.title')}: ${t(`availability.${one}`)}`,
      onClick: () => choose(one),
    })),
    { id: 'help', label: t('keys.title'), onClick: onHelp },
  ];
}

function useFound(typed: string): SpotlightActionData[] {
  const navigate = useNavigate();
  const q = typed.trim();
  const { data } = useQuery({
    queryKey: ['found', q],
    queryFn: () => ask(client.GET('/api/v1/conversations', { params: { query: { q, limit: 5 } } })),
    enabled: q.length >= 2,
    staleTime: 10_000,
  });
  return (data?.items ?? []).map(({ id, contact, lastMessage, state }) => {
    const name = contact.name ?? contact.externalId;
    return {
      id: `found-${id}`,
      label: name,
      description: lastMessage?.text ?? '',
      leftSection: <Face name={name} url={contact.avatarUrl} size={28} />,
      onClick: () =>
        void navigate({ to: paths.conversation(state === 'closed' ? 'closed' : 'all', id) }),
    };
  });
}
