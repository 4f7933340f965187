// Where RapidPro wants its events.
import type { Means } from './means';
import { getRecord, keepRecord } from './records';

const KEY = 'webhook';

export async function getWebhookUrl(means: Means): Promise<string | null> {
  return (await getRecord<{ url: string }>(means, KEY))?.url ?? null;
}

export async function setWebhookUrl(means: Means, url: string): Promise<void> {
  await keepRecord(means, { key: KEY, groups: [], value: { url } });
}
