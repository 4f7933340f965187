// Reads what a model's server answered: the text, or what is wrong and what to do. Pure.
import { MOST_ANSWERED } from '../contract/assistance.ts';
import { capText, cleanText } from '../contract/clean-text.ts';
import { isUnseen, withoutDirections } from '../contract/visible-text.ts';
import type { RefusalCode } from '../errors.ts';

export type Completion = { text: string } | Trouble;

export interface Trouble {
  code: RefusalCode;
  detail: string;
}

const LONGEST_REASON = 200;
/** Models that think aloud do it between these. */
const THOUGHTS = /^\s*<think>[\s\S]*?(?:<\/think>|$)/;

export function readCompletion(
  { status, body }: { status: number; body: string },
  { host, model }: { host: string; model: string },
): Completion {
  if (status !== 200) return readRefusal(status, { host, model, reason: readReason(body) });
  const content = readContent(body);
  if (content === null) {
    return {
      code: 'assistance.not-understood',
      detail: `What ${host} answered is no answer of a model. AI_BASE_URL must lead to a server that speaks OpenAI’s contract; it mostly ends with /v1.`,
    };
  }
  const text = capText(cleanText(content.replace(THOUGHTS, '')).trim(), MOST_ANSWERED);
  if (!isUnseen(text)) return { text };
  return {
    code: 'assistance.not-understood',
    detail: `The model ${model} answered nothing. Try again, or choose another model as AI_MODEL.`,
  };
}

function readContent(body: string): string | null {
  const answer = parse(body) as { choices?: unknown } | null;
  const [first] = Array.isArray(answer?.choices) ? answer.choices : [];
  const content = (first as { message?: { content?: unknown } } | undefined)?.message?.content;
  return typeof content === 'string' ? content : null;
}

function readRefusal(
  status: number,
  { host, model, reason }: { host: string; model: string; reason: string },
): Trouble {
  if (status === 401 || status === 403) {
    // Its own words may repeat a part of the key.
    const detail = `${host} refuses the key (${status}). An operator checks AI_API_KEY.`;
    return { code: 'assistance.key-refused', detail };
  }
  if (status === 404) {
    const detail = `${host} does not know the model ${model}, or not this address (404).${reason} An operator checks AI_MODEL and AI_BASE_URL, which mostly ends with /v1.`;
    return { code: 'assistance.model-unknown', detail };
  }
  if (status === 429) {
    const detail = `${host} has too much to do, or its quota is spent (429).${reason} Try again in a minute.`;
    return { code: 'assistance.busy', detail };
  }
  const remedy =
    status >= 500
      ? 'Try again; if it stays so, an operator looks into its log.'
      : 'If the conversation is long, an operator lowers AI_MOST_CHARACTERS.';
  const detail = `${host} refused the request (${status}).${reason} ${remedy}`;
  return { code: 'assistance.refused', detail };
}

/** What its own JSON says, as OpenAI's contract has it; nothing of any other body. */
function readReason(body: string): string {
  const { error } = (parse(body) ?? {}) as { error?: { message?: unknown } | string | null };
  const said = typeof error === 'string' ? error : error?.message;
  if (typeof said !== 'string' || isUnseen(said)) return '';
  const line = withoutDirections(cleanText(said)).replace(/[\s\p{Cc}]+/gu, ' ');
  return ` It says: ${capText(line, LONGEST_REASON)}`;
}

function parse(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
