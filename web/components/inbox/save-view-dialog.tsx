// Keeps a view of the inbox under a name, for oneself or for a team; changes or removes one that is kept.
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { agentsQuery, teamsQuery } from '../../api/queries.ts';
import type { SavedView } from '../../api/shapes.ts';
import type { InboxView } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import { problemText } from '../answers/problem-text.ts';
import { useSave } from '../answers/use-save.ts';
import { useCan, useSession } from '../session/use-session.ts';
import type { InboxSearch } from './inbox-filter.ts';
import { toFilters } from './view-filters.ts';

const at = (id: string) => ({ params: { path: { id } } });
const touches = ['saved-views', 'saved-view-count'];
const LONGEST = 60;

export function SaveViewDialog(props: {
  /** null: a new one. */
  saved: SavedView | null;
  view: InboxView;
  search: InboxSearch;
  onClose(): void;
}) {
  const { saved, view, search, onClose } = props;
  const { t } = useTranslation();
  const teams = useTeams();
  const [name, setName] = useState(saved?.name ?? '');
  const [teamId, setTeamId] = useState(saved?.teamId ?? null);
  const [isNew, setNew] = useState(saved === null);
  const shown = { view, filters: toFilters(search) };
  const save = useSave({
    send: () => send(saved, { name: name.trim(), teamId, shown: isNew ? shown : null }),
    ...{ touches, onDone: onClose, quiet: true },
  });
  const drop = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/saved-views/{id}', at(id))),
    ...{ touches, onDone: onClose, quiet: true },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={saved === null ? t('views.save') : t('views.change', { name: saved.name })}
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') save.mutate(undefined);
        }}
        onKeyDown={submitByKeys}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('views.name')}
            description={t('views.keeps')}
            maxLength={LONGEST}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('views.team')}
            data={[{ value: '', label: t('views.mine') }, ...teams]}
            value={teamId ?? ''}
            onChange={(value) => setTeamId(value || null)}
          />
          {saved !== null && (
            <Checkbox
              label={t('views.update')}
              checked={isNew}
              onChange={(event) => setNew(event.currentTarget.checked)}
            />
          )}
          <Failure error={save.error ?? drop.error} />
          <Buttons
            onRemove={saved === null ? null : () => drop.mutate(saved.id)}
            onClose={onClose}
            isSaving={save.isPending}
            isOff={name.trim() === ''}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

function Failure({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <Text size="sm" c="red" role="alert">
      {problemText(error)}
    </Text>
  );
}

/** `shown`: what the view is from now on; null: as it was. */
function send(
  saved: SavedView | null,
  wanted: {
    name: string;
    teamId: string | null;
    shown: Pick<SavedView, 'view' | 'filters'> | null;
  },
): Promise<SavedView> {
  const { shown, ...body } = wanted;
  if (saved !== null) {
    const change = { ...body, ...shown };
    return ask(client.PATCH('/api/v1/saved-views/{id}', { ...at(saved.id), body: change }));
  }
  const first = shown ?? { view: 'all' as const, filters: {} };
  return ask(client.POST('/api/v1/saved-views', { body: { ...body, ...first } }));
}

function Buttons(props: {
  /** null: there is nothing yet. */
  onRemove: (() => void) | null;
  onClose(): void;
  isSaving: boolean;
  isOff: boolean;
}) {
  const { onRemove, onClose, isSaving, isOff } = props;
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" mt="xs">
      {onRemove !== null && (
        <Button variant="default" color="red" me="auto" onClick={onRemove}>
          {t('views.remove')}
        </Button>
      )}
      <Button variant="default" onClick={onClose}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={isSaving} disabled={isOff}>
        {t('common.save')}
      </Button>
    </Group>
  );
}

/** With which one may share: one's own, and for supervisors all. */
function useTeams(): { value: string; label: string }[] {
  const can = useCan();
  const { user } = useSession();
  const teams = useQuery(teamsQuery).data ?? [];
  const mine = useQuery(agentsQuery).data?.find(({ id }) => id === user.agentId)?.teamIds ?? [];
  return teams
    .filter(({ id }) => can('conversations.see-all') || mine.includes(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}
