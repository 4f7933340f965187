// What the model is asked for, over the API.
import i18next from 'i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import { ask, client } from '../../api/client.ts';
import type { SentToModel } from '../../api/shapes.ts';

export type AssistTask =
  | { kind: 'suggestions' }
  | { kind: 'summary' }
  /** What is being written, into the customer's language. */
  | { kind: 'draft'; text: string }
  /** What the customer said, into the reader's language. */
  | { kind: 'said'; text: string };

export interface Assisted {
  /** None of a preview. */
  texts: string[];
  sent: SentToModel;
}

export async function askModel(
  id: string,
  task: AssistTask,
  { preview = false, signal }: { preview?: boolean; signal: AbortSignal },
): Promise<Assisted> {
  const of = { params: { path: { id } }, signal };
  if (task.kind === 'suggestions') {
    const path = '/api/v1/conversations/{id}/suggestions';
    const { drafts, sent } = await ask(client.POST(path, { ...of, body: { preview } }));
    return { texts: [...new Set(drafts.map(withoutDirections))], sent };
  }
  const { text, sent } =
    task.kind === 'summary'
      ? await ask(
          client.POST('/api/v1/conversations/{id}/summary', {
            ...of,
            body: { preview, language: i18next.language },
          }),
        )
      : await ask(
          client.POST('/api/v1/conversations/{id}/translations', {
            ...of,
            body: {
              preview,
              text: task.text,
              ...(task.kind === 'said' && { language: i18next.language }),
            },
          }),
        );
  return { texts: text === null ? [] : [withoutDirections(text)], sent };
}
