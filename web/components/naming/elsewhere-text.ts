// What the company's sign-in said when it sent the person back.
import i18next from 'i18next';

export function elsewhereText(code: string): string {
  const key = `problem.${code}`;
  return i18next.t(i18next.exists(key) ? (key as 'problem.oidc.failed') : 'problem.oidc.failed');
}
