// The language model of the environment, asked through the guarded client.
import type { Config } from '../config.ts';
import type { PromptMessage } from '../contract/assistance.ts';
import type { Log } from '../desk/context.ts';
import { Refused } from '../errors.ts';
import type { Outbound, OutboundAnswer } from '../outbound/open-guarded-outbound.ts';
import { type Completion, readCompletion } from './read-completion.ts';

const MAX_ANSWER_BYTES = 256 * 1024;

export interface Assistance {
  /** With its port, if it has one of its own. */
  host: string;
  model: string;
  mostMessages: number;
  mostCharacters: number;
  mostPerMinute: number;
  mostPerDay: number;
  /**
   * Answers the model's words. Refuses `assistance.unreachable`, `assistance.too-slow`,
   * `assistance.key-refused`, `assistance.model-unknown`, `assistance.busy`, `assistance.refused` and
   * `assistance.not-understood`. `signal`: nobody waits for it any more.
   */
  ask(messages: readonly PromptMessage[], signal: AbortSignal): Promise<string>;
  /** Asks it for one word. Refuses as `ask` does. */
  test(signal: AbortSignal): Promise<void>;
}

const TEST: PromptMessage = { role: 'user', content: 'Answer with the one word: ready' };

/** null: none is set up. */
export function makeAssistance(
  config: Config,
  { outbound, log }: { outbound: Pick<Outbound, 'send'>; log: Pick<Log, 'warn'> },
): Assistance | null {
  const { AI_BASE_URL: base, AI_MODEL: model, AI_API_KEY: key, AI_TIMEOUT_MS: timeoutMs } = config;
  if (base === undefined || model === undefined) return null;
  const { host } = new URL(base);
  const url = `${base.replace(/\/+$/, '')}/chat/completions`;
  const ask: Assistance['ask'] = async (messages, signal) => {
    const answer = await outbound.send({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
      },
      // How long an answer may be has two names in that contract, and some servers refuse the one or the other.
      body: Buffer.from(JSON.stringify({ model, messages, stream: false })),
      ...{ verifyTls: true, signal, timeoutMs, maxAnswerBytes: MAX_ANSWER_BYTES },
    });
    const completion = read(answer, { host, model, timeoutMs });
    if ('text' in completion) return completion.text;
    const { code, detail } = completion;
    // Its own words may repeat what a customer wrote: they are for who asked, not for the log.
    const trouble = answer.ok ? `It answered ${answer.status}.` : answer.text;
    if (!signal.aborted) log.warn({ host, code, trouble }, 'the language model could not be asked');
    throw new Refused(code, detail);
  };
  return {
    ...{ host, model, ask },
    mostMessages: config.AI_MOST_MESSAGES,
    mostCharacters: config.AI_MOST_CHARACTERS,
    mostPerMinute: config.AI_MOST_PER_MINUTE,
    mostPerDay: config.AI_MOST_PER_DAY,
    test: async (signal) => void (await ask([TEST], signal)),
  };
}

function read(
  answer: OutboundAnswer,
  { host, model, timeoutMs }: { host: string; model: string; timeoutMs: number },
): Completion {
  if (answer.ok && answer.truncated) {
    const detail = `${host} answers without an end: more than 256 KiB. AI_BASE_URL must lead to a server that speaks OpenAI’s contract.`;
    return { code: 'assistance.not-understood', detail };
  }
  if (answer.ok) {
    const { status, body } = answer;
    return readCompletion({ status, body: body.toString('utf8') }, { host, model });
  }
  if (answer.error === 'aborted') return { code: 'server.busy', detail: answer.text };
  if (answer.error === 'timeout' && answer.sent) {
    const detail = `The model did not answer within ${timeoutMs / 1000} s. Try again, take a smaller model, or raise AI_TIMEOUT_MS.`;
    return { code: 'assistance.too-slow', detail };
  }
  const detail = `There is no answer from ${host}. An operator sees whether the model’s server runs, and whether AI_BASE_URL is its address.`;
  return { code: 'assistance.unreachable', detail };
}
