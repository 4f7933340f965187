// Which plan a conversation goes by: the rules, as they stand in the draft.
import { useSearch } from '@tanstack/react-router';
import { useDraft } from '../../../components/routing-draft/use-draft.tsx';
import { RulesEditor } from '../../../components/rules/rules-editor.tsx';

export default function RulesPage() {
  const { policy, replace, readOnly, faults, warnings } = useDraft();
  const { at } = useSearch({ strict: false }) as { at?: unknown };
  const [, place] = /^\/rules\/(\d+)/.exec(String(at)) ?? [];
  return (
    <RulesEditor
      {...{ policy, readOnly, faults, warnings }}
      onChange={replace}
      at={place === undefined ? null : Number(place)}
    />
  );
}
