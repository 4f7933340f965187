// What the check of a policy found, in the language in which the page is read.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyFault } from '../../../src/contract/policy/fault.ts';
import { wordFault } from './word-fault.ts';

export interface PolicyFindings {
  faults: readonly PolicyFault[];
  warnings: readonly PolicyFault[];
}

/** undefined: the answer has not come. */
export function useWordFaults(found: PolicyFindings | undefined): PolicyFindings {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => {
    const wording = {
      ...{ language, has: (key: string) => i18n.exists(key) },
      say: (key: string, values = {}) => t(key as 'fault.value.empty', values),
    };
    const word = (fault: PolicyFault) => wordFault(fault, wording);
    const { faults = [], warnings = [] } = found ?? {};
    return { faults: faults.map(word), warnings: warnings.map(word) };
  }, [found, t, i18n, language]);
}
