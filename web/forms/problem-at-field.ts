// A refusal that names a field belongs at that field.
import { ApiProblem } from '../api/client.ts';

/** `body.config.baseUrl: …` and `body/config/baseUrl …`, as the server writes them. */
const NAMED = /^body[./]([\w./]+?):?\s+(.+)$/s;

/** Null: it names none of the fields. The server calls `config.preChat.fields.0.name` what we call `fields.0.name`. */
export function problemAtField(
  error: unknown,
  fields: readonly string[],
): { field: string; text: string } | null {
  if (!(error instanceof ApiProblem) || error.code !== 'request.invalid') return null;
  const [, place, text] = NAMED.exec(error.message) ?? [];
  if (place === undefined || text === undefined) return null;
  const parts = place.split(/[./]/);
  for (let from = 0; from < parts.length; from += 1) {
    const field = parts.slice(from).join('.');
    if (fields.includes(parts[from] ?? '')) return { field, text };
  }
  return null;
}
