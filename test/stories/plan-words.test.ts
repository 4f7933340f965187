// What plans say reaches contacts through their own channels, in five languages, and in order with the end.
import { expect, test } from 'vitest';
import { readyWords } from '../../src/contract/policy/ready-words.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithRapidPro } from '../makers/start-with-rapidpro.ts';
import { connectAgent, connectVisitor, type VisitorClient } from '../makers/web-client.ts';

const THEN = 'then';
const languages = ['en', 'ar', 'id', 'ko', 'pt-BR'];
const own = (language: string, text: string) => text.replace(/\{\{(name|agent)\}\}/u, language);

async function putPlan(usher: Pick<TestUsher, 'call'>, plan: object): Promise<void> {
  const { body } = await usher.call('GET', '/api/v1/policy');
  const { policy } = body as { policy: object };
  const put = await usher.call('PUT', '/api/v1/policy', {
    body: {
      ...policy,
      language: 'en',
      calendars: [{ name: 'Office', timeZone: 'Asia/Jakarta', weekly: [] }],
      plans: [{ name: 'Default', steps: [{ after: 0 }], words: readyWords, ...plan }],
      rules: [{ name: 'Everybody', [THEN]: { plan: 'Default' } }],
    },
  });
  expect(put.status, put.text).toBe(200);
}

test('RapidPro: who waits is told so in their language, and of the end before the ticket is closed', async () => {
  const { usher, organisation, seen } = await startWithRapidPro();
  await putPlan(usher, { limits: { waitFor: 2, [THEN]: 'close' } });
  const open = async (language?: string) => {
    const contact = organisation.addContact({ name: 'Ryan' });
    const fields = language === undefined ? {} : { customFields: { language } };
    const opened = await organisation.openTicket({ contact, ...fields });
    expect(opened.opened, JSON.stringify(opened)).toBe(true);
    return opened.ticketUuid;
  };
  const tickets = await Promise.all(['eng', 'ara', 'ind', 'kor', 'por', undefined].map(open));
  const heard = await eventually(
    async () => tickets.map(seen),
    (all) => all.every((one) => one.includes('#closed')),
    30_000,
  );
  const [en] = languages;
  for (const [nth, language] of [...languages, en].entries()) {
    const told = heard[nth] ?? [];
    const { queued, full, ended } = readyWords;
    expect(told).toEqual([
      expect.stringContaining(sentence(queued[language as string], language as string)),
      full[language as string],
      // The office never opens, so when is not known and is left out.
      (ended[language as string] ?? '')
        .split(/(?<=[.。])\s/u)
        .slice(0, 2)
        .join(' '),
      '#closed',
    ]);
  }
}, 60_000);

/** One that says nothing which differs. */
function sentence(text: string | undefined, language: string): string {
  const found = text?.split(/(?<=[.!])\s/u).find((one) => !one.includes('{{'));
  expect(found, language).toBeDefined();
  return found as string;
}

const ask = (visitor: VisitorClient) =>
  visitor.say('server/sessions/request', {
    ...{ customerId: visitor.session.customerId, requestID: 'r1' },
  });

test('web chat: who waits is told so in their language, then who has it, each once; who is given at once only that', async () => {
  const usher = await startTestUsher();
  await putPlan(usher, {});
  const visitors = await Promise.all(
    languages.map(async (locale) => {
      const visitor = await connectVisitor(usher, {
        locale,
        customer: { id: locale, name: locale },
      });
      await ask(visitor);
      return visitor;
    }),
  );
  const texts = ({ heard, session }: VisitorClient) =>
    heard
      .filter(({ topic }) => topic === `${session.sessionTopic}/messages`)
      .map(({ body }) => (body as { message: { content: string } }).message.content);
  await eventually(
    async () => visitors.map(texts),
    (all) => all.every((one) => one.length === 1),
    20_000,
  );
  for (const [nth, language] of languages.entries()) {
    const told = readyWords.queued[language] as string;
    expect(texts(visitors[nth] as VisitorClient)[0]).toContain(sentence(told, language));
  }
  const agent = await connectAgent(usher, { name: 'Ana', capacity: 9 });
  await agent.beat();
  await eventually(
    async () => visitors.map(texts),
    (all) => all.every((one) => one.length === 2),
    20_000,
  );
  for (const [nth, language] of languages.entries()) {
    const told = own('Ana', readyWords.assigned[language] as string);
    expect(texts(visitors[nth] as VisitorClient)[1]).toBe(told);
  }
  const last = await connectVisitor(usher, { locale: 'id', customer: { id: 'last' } });
  await ask(last);
  const [only] = await eventually(
    async () => texts(last),
    (all) => all.length > 0,
  );
  expect(only).toBe(own('Ana', readyWords.assigned.id as string));
  expect(texts(last)).toHaveLength(1);
}, 60_000);
