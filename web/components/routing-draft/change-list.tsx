// What changed between two policies, a line each.
import { useTranslation } from 'react-i18next';
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { useWordPolicyChange } from '../naming/use-word-policy-change.ts';
import classes from './routing-draft.module.css';

export function ChangeList({ changes }: { changes: readonly PolicyChange[] }) {
  const { t } = useTranslation();
  const word = useWordPolicyChange();
  if (changes.length === 0) return <p>{t('routing.nothingChanged')}</p>;
  return (
    <ul className={classes.lines}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.path}`}>{word(change)}</li>
      ))}
    </ul>
  );
}
