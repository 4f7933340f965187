// Whether the language model of AI_BASE_URL answers.
import { makeAssistance } from '../assistance/make-assistance.ts';
import type { Config } from '../config.ts';
import { Refused } from '../errors.ts';
import { openOwnOutbound } from '../outbound/open-outbound.ts';
import type { Check } from './check.ts';

/** Asks it for a word, as the settings do. Nothing where none is set up: nobody needs one. */
export async function checkModel(config: Config): Promise<Check[]> {
  const name = 'language model';
  const outbound = openOwnOutbound();
  const log = { warn: () => {} };
  try {
    const model = makeAssistance(config, { outbound, log });
    if (model === null) return [];
    await model.test(new AbortController().signal);
    return [{ name, state: 'ok', says: `${model.model} at ${model.host} answers` }];
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return [{ name, state: 'failed', says: error.message }];
  } finally {
    await outbound.close();
  }
}
