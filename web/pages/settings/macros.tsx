// Macros: actions that agents have done in one stroke.
import { IconBolt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { macrosQuery, teamsQuery } from '../../api/queries.ts';
import type { Macro } from '../../api/shapes.ts';
import { useSave } from '../../components/answers/use-save.ts';
import { MacroForm } from '../../components/automations/macro-form.tsx';
import { MacroName } from '../../components/automations/macro-name.tsx';
import { menuColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import { offerUndo } from '../../components/verbs/offer-undo.tsx';
import type { Column } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function MacrosPage() {
  const { t } = useTranslation();
  const query = useQuery(macrosQuery);
  const teams = useQuery(teamsQuery).data;
  const [edited, setEdited] = useState<Macro | 'new' | null>(null);
  const remove = useRemoval();
  const columns: Column<Macro>[] = [
    {
      head: t('form.name'),
      cell: (macro) => <MacroName macro={macro} />,
    },
    {
      head: t('automations.actions'),
      cell: ({ actions }) => actions.map((one) => t(`action.${one.do}`)).join(t('common.comma')),
    },
    {
      head: t('filter.team'),
      cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? t('replies.everybody'),
    },
    menuColumn<Macro>((macro) => ({
      name: macro.name,
      actions: [
        { label: t('common.edit'), run: () => setEdited(macro) },
        { label: t('common.remove'), run: () => remove(macro) },
      ],
    })),
  ];
  return (
    <SettingsList
      title={t('settings.macros')}
      text={t('macros.text')}
      query={query}
      columns={columns}
      empty={{ icon: <IconBolt size={20} />, title: t('macros.none'), text: t('macros.noneText') }}
      add={{ label: t('macros.add'), run: () => setEdited('new') }}
    >
      {edited !== null && (
        <MacroForm macro={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </SettingsList>
  );
}

/** Whoever has removed it can have it back. */
function useRemoval(): (macro: Macro) => void {
  const { t } = useTranslation();
  const restore = useSave({
    send: ({ name, teamId, actions }: Macro) =>
      ask(client.POST('/api/v1/macros', { body: { name, teamId, actions } })),
    touches: ['macros'],
  });
  const drop = useSave({
    send: ({ id }: Macro) => ask(client.DELETE('/api/v1/macros/{id}', at(id))),
    touches: ['macros'],
    onDone: (_, macro) =>
      offerUndo({
        text: t('macros.removeText', { name: macro.name }),
        label: t('common.undo'),
        undo: () => restore.mutate(macro),
      }),
  });
  return (macro) => drop.mutate(macro);
}
