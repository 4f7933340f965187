// Whom a note can name: @ and a few letters, then Enter. It says who may not see the conversation.
import { IconEyeOff, IconUser, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mentionableQuery } from '../../api/mention-queries.ts';
import { agentsQuery, teamsQuery } from '../../api/queries.ts';
import { useListbox } from '../../ui/use-listbox.ts';
import { useSession } from '../session/use-session.ts';
import classes from './composer.module.css';

interface Choice {
  id: string;
  name: string;
  isTeam: boolean;
  sees: boolean;
}
const MOST = 8;

export function MentionMenu(props: {
  conversationId: string;
  text: string;
  onText(text: string): void;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Where its keys are answered; true: the key was ours. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>;
}) {
  const { conversationId, text, onText, field, keys } = props;
  const { t } = useTranslation();
  const [left, setLeft] = useState<string | null>(null);
  // What was put in by a choice is not in the field yet: its caret belongs to what was there before.
  const isTyped = field.current?.value === text;
  const caret = (isTyped ? field.current?.selectionStart : null) ?? text.length;
  const before = text.slice(0, caret);
  const wanted = left === text ? null : (/(?:^|\s)@([^\s@]{0,40})$/.exec(before)?.[1] ?? null);
  const found = useChoices(conversationId, wanted);
  const choose = ({ name }: Choice) => {
    const begin = before.slice(0, before.length - (wanted ?? '').length);
    const next = `${begin}${name} `;
    onText(`${next}${text.slice(caret)}`);
    requestAnimationFrame(() => field.current?.setSelectionRange(next.length, next.length));
  };
  const listbox = useListbox<Choice>({
    label: t('mentions.choose'),
    // With the @ alone, too, the first is marked.
    typed: `@${wanted ?? ''}`,
    items: found,
    onChoose: choose,
  });
  useEffect(() => {
    keys.current = (event) => {
      const { marked } = listbox;
      if (marked === undefined) return false;
      if (event.key === 'Tab') choose(marked);
      else if (event.key === 'Escape') setLeft(text);
      else return listbox.onKey(event);
      event.preventDefault();
      return true;
    };
    return () => {
      keys.current = null;
    };
  });
  useAria(field, found.length > 0 ? { ...listbox.field } : null);
  if (found.length === 0) return null;
  return (
    <div {...listbox.list} className={classes.canned}>
      {found.map((one) => (
        <div key={one.id} {...listbox.option(one)} className={`${classes.cannedItem} cut`}>
          {one.isTeam ? <IconUsers size={15} /> : <IconUser size={15} />} <b>{one.name}</b>
          {one.isTeam && <span>{t('mentions.team')}</span>}
          {!one.sees && (
            <span>
              <IconEyeOff size={13} /> {t('mentions.unseen')}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** The field is the composer's: what it controls is said on it while something is offered. */
function useAria(
  field: RefObject<HTMLTextAreaElement | null>,
  aria: Readonly<Record<string, unknown>> | null,
): void {
  const said = aria === null ? '' : JSON.stringify(aria);
  useEffect(() => {
    const element = field.current;
    if (element === null || said === '') return;
    const entries = Object.entries(JSON.parse(said) as Record<string, unknown>);
    for (const [name, value] of entries) element.setAttribute(name, String(value));
    return () => {
      for (const [name] of entries) element.removeAttribute(name);
    };
  }, [said, field]);
}

/** null: nobody is being named. */
function useChoices(conversationId: string, wanted: string | null): Choice[] {
  const { user } = useSession();
  const enabled = wanted !== null;
  const agents = useQuery({ ...agentsQuery, enabled }).data ?? [];
  const teams = useQuery({ ...teamsQuery, enabled }).data ?? [];
  const mentionable = useQuery({ ...mentionableQuery(conversationId), enabled }).data;
  if (wanted === null) return [];
  const lower = wanted.toLowerCase();
  const people = agents
    .filter(({ id, kind }) => id !== user.agentId && kind === 'human')
    .map(({ id, name }) => {
      const sees = mentionable?.find(({ agentId }) => agentId === id)?.sees !== false;
      return { id, name, isTeam: false, sees };
    });
  const groups = teams.map(({ id, name }) => ({ id, name, isTeam: true, sees: true }));
  const begins = ({ name }: Choice) => (name.toLowerCase().startsWith(lower) ? 0 : 1);
  return [...people, ...groups]
    .filter(({ name }) => name.toLowerCase().includes(lower))
    .sort((a, b) => begins(a) - begins(b))
    .slice(0, MOST);
}
