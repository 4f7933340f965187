// Finds words in the conversation that is shown, and walks from hit to hit: Enter goes back in time, Shift+Enter forth.
import { ActionIcon, CloseButton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Conversation, Message } from '../../api/shapes.ts';
import { fetchOlder } from '../../live/messages-cache.ts';
import classes from './thread.module.css';

export function FindBar({
  conversation: { id, lastMessage },
  onClose,
}: {
  conversation: Conversation;
  onClose(): void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const [walked, setWalked] = useState({ q: '', nth: 0 });
  const found = useFound({ id, q, lastSeq: lastMessage?.seq });
  const hits = q === '' ? [] : (found?.items ?? []);
  const nth = walked.q === q ? walked.nth : 0;
  const seq = hits[nth]?.seq;
  useEffect(() => {
    if (seq === undefined) return;
    const state = { left: false };
    void show(queries, { id, seq, state });
    return () => {
      state.left = true;
    };
  }, [queries, id, seq]);
  const walk = (by: 1 | -1) => {
    if (hits.length > 0) setWalked({ q, nth: (nth + by + hits.length) % hits.length });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'Enter') walk(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  const number = found?.more === true ? `${hits.length}+` : hits.length;
  const says = hits.length > 0 ? t('find.at', { nth: nth + 1, number }) : t('find.none');
  return (
    <search className={classes.find}>
      <TextInput
        size="xs"
        autoFocus
        value={typed}
        maxLength={100}
        aria-label={t('find.label')}
        placeholder={t('find.label')}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <span role="status">{q !== '' && found !== undefined && says}</span>
      <ActionIcon
        size={28}
        aria-label={t('find.older')}
        data-tip={t('find.older')}
        onClick={() => walk(1)}
      >
        <IconChevronUp size={17} />
      </ActionIcon>
      <ActionIcon
        size={28}
        aria-label={t('find.newer')}
        data-tip={t('find.newer')}
        onClick={() => walk(-1)}
      >
        <IconChevronDown size={17} />
      </ActionIcon>
      <CloseButton size={28} aria-label={t('common.close')} onClick={onClose} />
    </search>
  );
}

function useFound(asked: { id: string; q: string; lastSeq: number | undefined }) {
  const { id, q, lastSeq } = asked;
  return useQuery({
    queryKey: ['search', id, q, lastSeq],
    queryFn: () => {
      const params = { path: { id }, query: { q } };
      return ask(client.GET('/api/v1/conversations/{id}/search', { params }));
    },
    enabled: q !== '',
  }).data;
}

/** Of an animation: older messages are drawn a few at a time. */
const MOST_FRAMES = 600;

/** Fetches what lies between, waits until it stands there, and brings it into view. */
async function show(
  queries: QueryClient,
  { id, seq, state }: { id: string; seq: number; state: { left: boolean } },
): Promise<void> {
  const first = () => queries.getQueryData<Message[]>(['messages', id])?.[0]?.seq ?? seq;
  for (let before = first(); before > seq && !state.left; before = first()) {
    await fetchOlder(queries, id).catch(() => {});
    // Nothing more came: the line is gone, or there is nothing.
    if (first() >= before) return;
  }
  for (let frame = 0; frame < MOST_FRAMES && !state.left; frame += 1) {
    const said = document.querySelector(`[role="log"] [data-seq="${seq}"]`);
    if (said !== null) return mark(said);
    await new Promise((drawn) => requestAnimationFrame(drawn));
  }
}

function mark(said: Element): void {
  for (const before of document.querySelectorAll('[data-found]')) {
    before.removeAttribute('data-found');
  }
  said.setAttribute('data-found', '');
  said.scrollIntoView({ block: 'center' });
}
