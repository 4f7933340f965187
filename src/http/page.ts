// Pages of a list: an opaque cursor that names the last item given.

export interface PageRequest {
  cursor?: string;
  limit?: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A cursor that is not one of ours counts as none: the list begins anew. */
export function readCursor({ cursor }: PageRequest, start: string): string {
  const id = Buffer.from(cursor ?? '', 'base64url').toString('utf8');
  return UUID.test(id) ? id : start;
}

/** For lists in the order of a number that grows; without a cursor of ours from the newest on. */
export function readNumberCursor(cursor: string | undefined): number {
  const text = Buffer.from(cursor ?? '', 'base64url').toString('utf8');
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.MAX_SAFE_INTEGER;
}

/** `rows` holds one more than a page when there is a next one. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  shape: { id: (row: Row) => string; present: (row: Row) => Item },
): { items: Item[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: page.map(shape.present),
    nextCursor: more ? Buffer.from(shape.id(last)).toString('base64url') : null,
  };
}
