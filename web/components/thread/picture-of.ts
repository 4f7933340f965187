// Which attachments are shown as pictures, and which addresses may be followed. Pure.

export function isPicture(type: string): boolean {
  return /^image(\/(png|jpeg|gif|webp))?$/.test(type);
}

/** What others sent may name any address; only these may be followed. */
export function safeUrl(url: string): string | null {
  return /^(https?:\/\/|\/(?![/\\]))/i.test(url) ? url : null;
}
