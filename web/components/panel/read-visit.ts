// Where a visitor was when the conversation began, and with what; the page and the browser have said it. Pure.
import { nameBrowser } from '../naming/name-browser.ts';

export interface Visit {
  page?: string;
  title?: string;
  referrer?: string;
  browser?: string;
  /** As browsers write it: pt-BR. */
  language?: string;
}

export function readVisit({ page: said, locale }: Record<string, unknown>): Visit {
  const fields = (typeof said === 'object' && said !== null ? said : {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const [page, title, referrer] = [fields.url, fields.title, fields.referrer].map(text);
  const browser = nameBrowser(text(fields.userAgent) ?? null) ?? undefined;
  const language = text(fields.language) ?? text(locale);
  return {
    ...(page && { page }),
    ...(title && { title }),
    ...(referrer && { referrer }),
    ...(browser && { browser }),
    ...(language && { language }),
  };
}
