// Gives ids of an archive other names on their way, wherever they stand: in a column, a list or a document.

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ID_LENGTH = 36;

/** Both are UUIDs as PostgreSQL writes them, so that lengths stay. An id may lie across two pieces. */
export async function* renameIds(
  pieces: AsyncIterable<Buffer>,
  names: ReadonlyMap<string, string>,
): AsyncGenerator<Buffer> {
  const rename = (text: string) => text.replace(ID, (id) => names.get(id) ?? id);
  let rest = '';
  for await (const piece of pieces) {
    // A character a byte: what is no id passes as it is.
    const text = rest + piece.toString('latin1');
    const end = findCut(text);
    rest = text.slice(end);
    if (end > 0) yield Buffer.from(rename(text.slice(0, end)), 'latin1');
  }
  if (rest !== '') yield Buffer.from(rename(rest), 'latin1');
}

/** No id that is whole lies across it, and none that is not begins before it. */
function findCut(text: string): number {
  const cut = Math.max(0, text.length - ID_LENGTH + 1);
  const from = Math.max(0, cut - ID_LENGTH);
  for (const { index } of text.slice(from).matchAll(ID)) {
    const end = from + index + ID_LENGTH;
    if (from + index < cut && end > cut) return end;
  }
  return cut;
}
