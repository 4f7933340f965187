// Serves pictures from our own origin, so that nobody else learns who looks at what, and when.

/** null: it is shown from nowhere. */
export function pictureUrl(url: string | null | undefined): string | null {
  if (url === null || url === undefined) return null;
  const { origin } = location;
  const own = URL.canParse(url, origin) ? new URL(url, origin) : null;
  if (own === null) return null;
  if (own.origin === origin) return `${own.pathname}${own.search}`;
  if (!/^https?:$/.test(own.protocol)) return null;
  return `/api/v1/pictures?url=${encodeURIComponent(own.href)}`;
}
