// The back office's page with the operator's title, icon and language in it, so that nothing changes after it is shown. Pure.
import { directionOf } from '../contract/direction.ts';
import type { Branding } from '../contract/people.ts';

export type PageBrand = Pick<Branding, 'pageTitle' | 'favIconUrl' | 'logoUrl' | 'language'> & {
  /** The picture of agents who have none of their own. */
  agentAvatarUrl: string | null;
};

/** The places in the built page that are replaced. A value that is absent stays away. */
const TITLE = /<title>[^<]*<\/title>/;
const ICON = /<link rel="icon"[^>]*>/;
const LANGUAGE = /<html lang="[^"]*">/;

export function brandPage(page: string, brand: PageBrand): string {
  const { pageTitle, favIconUrl, language, agentAvatarUrl } = brand;
  const texts = [
    meta('usher-title', pageTitle),
    ...(agentAvatarUrl === null ? [] : [meta('usher-agent-picture', agentAvatarUrl)]),
    ...(language === null ? [] : [meta('usher-language', language)]),
  ];
  // With functions, because `$&` in a text would mean the match.
  const named = page.replace(
    TITLE,
    () => `<title>${escapeText(pageTitle)}</title>${texts.join('')}`,
  );
  const shown =
    favIconUrl === null
      ? named
      : named.replace(ICON, () => `<link rel="icon" href="${escapeText(favIconUrl)}">`);
  return language === null
    ? shown
    : shown.replace(LANGUAGE, () => `<html lang="${language}" dir="${directionOf(language)}">`);
}

const meta = (name: string, content: string): string =>
  `<meta name="${name}" content="${escapeText(content)}">`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}
