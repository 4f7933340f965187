// Words an error in the reader's language; otherwise the server's own sentence.
import i18next from 'i18next';
import { ApiProblem } from '../../api/client.ts';
import { isPartMissing } from './part-missing.ts';

export function problemText(error: unknown): string {
  if (isPartMissing(error) && navigator.onLine) return i18next.t('problem.part');
  if (!(error instanceof ApiProblem)) return i18next.t('problem.network');
  const key = `problem.${error.code}`;
  return i18next.exists(key) ? i18next.t(key as 'problem.network') : error.message;
}
