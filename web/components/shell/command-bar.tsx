// Everything reachable by typing a few letters.
import { Highlight } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serverNow } from '../../../browser/server-clock.ts';
import { ask, client } from '../../api/client.ts';
import { agentsQuery, conversationQuery, statusesQuery } from '../../api/queries.ts';
import { findAnswer } from '../../live/use-keys.ts';
import { inboxViews, paths, settingsPages } from '../../paths.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { useListbox } from '../../ui/use-listbox.ts';
import { ContactFace } from '../faces/contact-face.tsx';
import { IdentityMark } from '../faces/identity-mark.tsx';
import { withEmoji } from '../faces/name-status.ts';
import { useLastSaid } from '../naming/use-last-said.ts';
import { useAvailability } from '../session/use-availability.ts';
import { useCan } from '../session/use-session.ts';
import { useWrapUpDone, wrapsUpUntil } from '../session/use-wrap-up.ts';
import { listParkTimes, mayPark } from '../verbs/park-times.ts';
import { useMacros } from '../verbs/use-macros.ts';
import { useMayAct } from '../verbs/use-may-act.ts';
import { usePark } from '../verbs/use-park.ts';
import { useRunVerb } from '../verbs/use-run-verb.ts';
import { settingsActions } from './settings-access.ts';

interface Command {
  id: string;
  label: string;
  run(): void;
  /** Of a conversation: whose it is and what was said last. */
  found?: { avatarUrl: string | null; verified: boolean | null; text: string };
}

const MOST = 9;

export default function CommandBar(props: { onClose(): void; onHelp(): void }) {
  const { t } = useTranslation();
  const { onClose, onHelp } = props;
  return (
    <Dialog
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={600}
      // At the top, so that it stands still while what is found grows and shrinks.
      centered={false}
      yOffset={80}
      title={null}
      attributes={{ content: { 'aria-label': t('nav.commands') } }}
    >
      <Commands onHelp={onHelp} onClose={onClose} />
    </Dialog>
  );
}

function Commands({ onHelp, onClose }: { onHelp(): void; onClose(): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const { found, isSearching } = useFound(useDeferredValue(typed.trim()));
  const whyNot = useWhyNot(wanted);
  const verbs = [...useVerbCommands(), ...useParking(), ...useMacroCommands()];
  const commands = [...verbs, ...useCommands(onHelp), ...whyNot].filter(({ label }) =>
    label.toLowerCase().includes(wanted),
  );
  const shown = [...found, ...commands].slice(0, MOST);
  const listbox = useListbox({
    label: t('nav.commands'),
    typed,
    items: shown,
    onChoose: (command) => {
      onClose();
      command.run();
    },
  });
  return (
    <>
      <ListboxField
        {...{ listbox, typed }}
        onType={setTyped}
        label={t('nav.commands')}
        placeholder={t('nav.commandsHint')}
        variant="unstyled"
        size="lg"
        className={classes.search}
      />
      {shown.length > 0 && (
        <div {...listbox.list} className={classes.commands}>
          {shown.map((command) => (
            <div key={command.id} {...listbox.option(command)} className={classes.choice}>
              {command.found && (
                <ContactFace name={command.label} url={command.found.avatarUrl} size={28} />
              )}
              <span className={classes.choiceName}>
                <Highlight component="span" inherit highlight={wanted} className="cut">
                  {command.label}
                </Highlight>
                {command.found && <small className="cut">{command.found.text}</small>}
              </span>
              {command.found && <IdentityMark verified={command.found.verified} size={16} />}
            </div>
          ))}
        </div>
      )}
      {shown.length === 0 && (
        <div className={classes.nothing} role="status">
          {t(isSearching ? 'common.searching' : 'nav.nothingFound')}
        </div>
      )}
    </>
  );
}

function useCommands(onHelp: () => void): Command[] {
  const { t } = useTranslation();
  const can = useCan();
  const navigate = useNavigate();
  const { choose, chooseStatus, mine } = useAvailability();
  const done = useWrapUpDone(mine?.id ?? '');
  const statuses = (useQuery(statusesQuery).data ?? []).filter(({ archived }) => !archived);
  const go = (label: string, to: string): Command => ({
    id: to,
    label,
    run: () => void navigate({ to }),
  });
  const start = findAnswer('start');
  const settings = settingsPages.filter((page) => can(settingsActions[page]));
  return [
    ...inboxViews.map((view) => go(`${t('nav.inbox')}: ${t(`view.${view}`)}`, paths.inbox(view))),
    go(t('nav.live'), paths.live),
    go(t('nav.contacts'), paths.contacts),
    go(t('nav.day'), paths.day),
    go(t('nav.mentions'), paths.mentions),
    ...(can('reports.read') ? [go(t('nav.reports'), paths.reports)] : []),
    ...(can('simulations.write') ? [go(t('nav.lab'), paths.lab)] : []),
    ...settings.map((page) =>
      go(`${t('nav.settings')}: ${t(`settings.${page}`)}`, paths.settings(page)),
    ),
    go(t('profile.title'), paths.profile),
    ...(['online', 'away', 'offline'] as const).map((one) => ({
      id: `availability-${one}`,
      label: `${t('availability.title')}: ${t(`availability.${one}`)}`,
      run: () => choose(one),
    })),
    ...statuses.map((status) => ({
      id: `status-${status.id}`,
      label: `${t('availability.title')}: ${withEmoji(status)}`,
      run: () => chooseStatus({ availability: 'away', statusId: status.id }),
    })),
    ...(wrapsUpUntil(mine) === null
      ? []
      : [{ id: 'wrap-up-done', label: t('wrapUp.done'), run: done }]),
    ...(start === undefined ? [] : [{ id: 'start', label: t('keys.start'), run: start }]),
    { id: 'help', label: t('keys.title'), run: onHelp },
  ];
}

/** On a conversation: to set it aside, or to bring it back. */
function useParking(): Command[] {
  const { t } = useTranslation();
  const { conversationId = '' } = useParams({ strict: false });
  const shown = conversationQuery(conversationId);
  const conversation = useQuery({ ...shown, enabled: conversationId !== '' }).data;
  const mayAct = useMayAct();
  const { park, unpark } = usePark();
  if (conversation === undefined || !mayAct(conversation)) return [];
  if (conversation.state === 'parked') {
    return [{ id: 'unpark', label: t('verb.unpark'), run: () => unpark(conversation) }];
  }
  if (!mayPark(conversation)) return [];
  return listParkTimes(new Date(serverNow())).map(({ name, until }) => ({
    id: `park-${name}`,
    label: t('park.command', { when: t(`park.in.${name}`) }),
    run: () => park(conversation, until?.toISOString() ?? null),
  }));
}

/** On a conversation: each macro that one may use. */
function useMacroCommands(): Command[] {
  const { t } = useTranslation();
  const { conversationId = '' } = useParams({ strict: false });
  const shown = conversationQuery(conversationId);
  const conversation = useQuery({ ...shown, enabled: conversationId !== '' }).data;
  const macros = useMacros(conversationId !== '');
  const mayAct = useMayAct();
  const { mutate } = useRunVerb();
  if (conversation === undefined || !mayAct(conversation)) return [];
  return (macros ?? []).map(({ id: macroId, name }) => ({
    id: `macro-${macroId}`,
    label: `${t('settings.macros')}: ${name}`,
    run: () => mutate({ conversation, verb: { name: 'macro', macroId } }),
  }));
}

/** With the conversation that is shown: what its keys do. */
function useVerbCommands(): Command[] {
  const { t } = useTranslation();
  const actions = [
    ...(['assign', 'consult', 'giveBack', 'whisper', 'requeue'] as const),
    ...(['reopen', 'tag', 'unread', 'find', 'select'] as const),
  ];
  return actions.flatMap((action) => {
    const run = findAnswer(action);
    return run === undefined ? [] : [{ id: `verb-${action}`, label: t(`keys.${action}`), run }];
  });
}

/** On a conversation: why it is not with this or that agent, once something is typed. */
function useWhyNot(wanted: string): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false });
  const agents = useQuery({ ...agentsQuery, enabled: conversationId !== undefined }).data ?? [];
  if (conversationId === undefined || wanted === '') return [];
  return agents.map(({ id, name }) => ({
    id: `why-not-${id}`,
    label: t('whyNot.command', { name }),
    run: () =>
      void navigate({ to: '.', search: ((now: object) => ({ ...now, whyNot: id })) as never }),
  }));
}

/**
 * Conversations, searched by the server. Until it has answered, those of the words before stay that fit by name,
 * so that nothing flickers and Enter never goes to what does not fit any more.
 */
function useFound(q: string): { found: Command[]; isSearching: boolean } {
  const navigate = useNavigate();
  const say = useLastSaid();
  const enabled = q.length >= 2;
  const { data, isFetching, isPlaceholderData } = useQuery({
    queryKey: ['found', q],
    queryFn: () => ask(client.GET('/api/v1/conversations', { params: { query: { q, limit: 5 } } })),
    enabled,
    staleTime: 10_000,
    placeholderData: keepPreviousData,
  });
  const found = (enabled ? (data?.items ?? []) : []).map((conversation): Command => {
    const { id, contact, state } = conversation;
    return {
      id: `found-${id}`,
      label: contact.displayName,
      found: {
        avatarUrl: contact.avatarUrl,
        verified: contact.verified,
        text: say(conversation) ?? '',
      },
      run: () =>
        void navigate({ to: paths.conversation(state === 'closed' ? 'closed' : 'all', id) }),
    };
  });
  const wanted = q.toLowerCase();
  const fits = ({ label }: Command) => !isPlaceholderData || label.toLowerCase().includes(wanted);
  return { found: found.filter(fits), isSearching: isFetching };
}
