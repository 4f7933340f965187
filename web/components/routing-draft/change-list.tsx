// What changed between two policies, a line each.
import { useTranslation } from 'react-i18next';
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { useWordPolicyChange } from '../naming/use-word-policy-change.ts';
import classes from './routing-draft.module.css';

/** `most`: of more the rest is counted. */
export function ChangeList(props: { changes: readonly PolicyChange[]; most?: number }) {
  const { changes, most = changes.length } = props;
  const { t } = useTranslation();
  const word = useWordPolicyChange();
  if (changes.length === 0) return <p>{t('routing.nothingChanged')}</p>;
  return (
    <ul className={classes.lines}>
      {changes.slice(0, most).map((change) => (
        <li key={`${change.kind} ${change.path}`}>{word(change)}</li>
      ))}
      {changes.length > most && <li>{t('dryRun.more', { number: changes.length - most })}</li>}
    </ul>
  );
}
