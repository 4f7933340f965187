// Says in words what a change of the policy is: `Rule Gold: added`.
import { useTranslation } from 'react-i18next';
import type { PolicyChange } from '../../../src/contract/policy/document.ts';
import { makeFormat } from '../../i18n/use-format.ts';
import { wordPolicyChange } from './word-policy-change.ts';

export function useWordPolicyChange(): (change: PolicyChange) => string {
  const { t, i18n } = useTranslation();
  const format = makeFormat(i18n.language);
  return (change) => wordPolicyChange(change, { t, format });
}
