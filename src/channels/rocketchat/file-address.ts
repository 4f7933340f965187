// Which addresses are files of the Rocket.Chat there. They are fetched with the token of the channel's user:
// any other address would give it away, or let whoever writes a link read what only that user may read.

/** Of today's servers, and of old ones. */
const UPLOADS = /^\/(file-upload|ufs)\/./;
/** Some proxies decode before they resolve a path. */
const CLIMBS = /(\/|%2f|%5c)(\.|%2e){1,2}($|\/|%2f|%5c)/i;

/** `link`: an address, or a path as Rocket.Chat writes it, with or without that of its root. null: no file of it. */
export function fileAddress(baseUrl: string, link: string): string | null {
  const site = new URL(baseUrl);
  const file = URL.parse(link, site.href);
  if (file === null) return null;
  const { protocol, origin, username, password, pathname, search } = file;
  // An address of a blob has the origin of its page.
  const isThere = protocol === site.protocol && origin === site.origin;
  const root = site.pathname.replace(/\/+$/, '');
  const path = pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname;
  const isUpload = UPLOADS.test(path) && !CLIMBS.test(path);
  const isPlain = username === '' && password === '';
  return isThere && isPlain && isUpload ? `${origin}${root}${path}${search}` : null;
}
