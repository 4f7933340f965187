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
import { useEditColumn } from '../../components/settings/row-columns.tsx';
import { SettingsList } from '../../components/settings/settings-list.tsx';
import type { Column } from '../../ui/table.tsx';

const at = (id: string) => ({ params: { path: { id } } });

export default function MacrosPage() {
  const { t } = useTranslation();
  const query = useQuery(macrosQuery);
  const teams = useQuery(teamsQuery).data;
  const [edited, setEdited] = useState<Macro | 'new' | null>(null);
  const drop = useSave({
    send: (id: string) => ask(client.DELETE('/api/v1/macros/{id}', at(id))),
    touches: ['macros'],
  });
  const columns: Column<Macro>[] = [
    {
      head: t('form.name'),
      cell: ({ name, faults }) => (
        <span style={{ overflowWrap: 'anywhere' }}>
          {name}
          {faults.length > 0 && (
            <small style={{ display: 'block', color: 'var(--bad)' }}>
              {t('automations.faulty')}
            </small>
          )}
        </span>
      ),
    },
    {
      head: t('automations.actions'),
      cell: ({ actions }) => actions.map((one) => t(`action.${one.do}`)).join(', '),
    },
    {
      head: t('filter.team'),
      cell: ({ teamId }) => teams?.find(({ id }) => id === teamId)?.name ?? t('replies.everybody'),
    },
    useEditColumn<Macro>({
      nameOf: ({ name }) => name,
      edit: setEdited,
      remove: ({ id }) => drop.mutate(id),
      removeText: (name) => t('macros.removeText', { name }),
    }),
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
