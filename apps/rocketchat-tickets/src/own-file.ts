// Which addresses are files of this server. RapidPro fetches attachments with an admin's token: any
// other address would carry it to a stranger, or let an agent read what only admins may.

export interface OwnFile {
  id: string;
  url: string;
}

const FOLDER = '/file-upload/';
// Without the class URL: the engine's older runtimes have none. So what is not plainly one of ours
// is none: no user, no backslash, no white space but the blanks of names.
const SITE = /^(https?:\/\/[^\s/?#@\\]+)(\/[^\s?#\\]*)?$/i;
const ID_AND_NAME = /^([A-Za-z0-9_-]+)(\/[ -[\]-~\u00a0-\uffff]*)?$/;
// Some proxies decode before they resolve a path.
const CLIMBS = /(^|\/|%2f|%5c)(\.|%2e){1,2}($|\/|%2f|%5c)/i;

/** @param site Site_Url. null: none of this server's files, or unreadable. */
export function findOwnFile(site: string, address: string): OwnFile | null {
  const root = readSite(site);
  const [path = ''] = address.split(/[?#]/);
  if (root === null) return null;
  const below = stripOrigin(root.origin, path);
  // The server writes its paths without the prefix that Site_Url may have.
  const folders = below === path ? [FOLDER, `${root.prefix}${FOLDER}`] : [root.prefix + FOLDER];
  const folder = folders.find((one) => below.startsWith(one));
  if (folder === undefined) return null;
  const rest = below.slice(folder.length);
  const id = ID_AND_NAME.exec(rest)?.[1];
  if (id === undefined || CLIMBS.test(rest)) return null;
  return { id, url: `${root.origin}${root.prefix}${FOLDER}${rest.replace(/ /g, '%20')}` };
}

/** As a person can open it; what is no path of this server stays as it is. */
export function writeAddress(site: string, address: string): string {
  const root = readSite(site);
  if (root === null || !/^\/(?![/\\])/.test(address)) return address;
  return `${root.origin}${root.prefix}${address}`;
}

/** `prefix` has no slash at its end. */
function readSite(site: string): { origin: string; prefix: string } | null {
  const [, origin, path = ''] = SITE.exec(site.trim()) ?? [];
  return origin === undefined ? null : { origin, prefix: path.replace(/\/+$/, '') };
}

/** The address itself where it does not begin with the origin. */
function stripOrigin(origin: string, address: string): string {
  const isOf = address.slice(0, origin.length).toLowerCase() === origin.toLowerCase();
  return isOf ? address.slice(origin.length) : address;
}
