// What agents ask a language model for: drafts, summaries, translations. Nothing here is written to anybody.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Actor } from '../access/can.ts';
import { makeRates } from '../access/rates.ts';
import type { Assistance } from '../assistance/make-assistance.ts';
import { readDrafts } from '../assistance/read-drafts.ts';
import {
  AssistanceState,
  AssistanceTest,
  ModelText,
  SuggestionAsking,
  Suggestions,
  SummaryAsking,
  TranslationAsking,
} from '../contract/assistance.ts';
import { IdParams } from '../contract/shapes.ts';
import { noteAssistance, noteModelTest } from '../desk/note-assistance.ts';
import { Refused } from '../errors.ts';
import { allow } from './authenticate.ts';
import { type Asking, type Prepared, prepareAsking } from './prepare-asking.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import type { RouteMeans } from './route-means.ts';
import { whenOver } from './when-over.ts';

export interface AssistanceMeans extends RouteMeans {
  /** null: none is set up. */
  assistance: Assistance | null;
  settingDefaults: SettingDefaults;
}

const MOST_DRAFTS = 3;
const ON_RECORD =
  'Asking is on record, without the text. The answer is a draft: nothing is written to the conversation. With preview it shows what would be sent, and sends nothing.';

export const assistanceRoutes: FastifyPluginAsyncTypebox<AssistanceMeans> = async (app, means) => {
  const { desk, assistance, settingDefaults } = means;
  const work = allow(desk, 'conversations.work');
  const tags = ['assistance'];
  const asker = makeAsker(means);

  app.get(
    '/api/v1/assistance',
    {
      onRequest: allow(desk, 'settings.read'),
      schema: {
        tags,
        description: 'Whether agents may ask a language model, and where it is.',
        response: { 200: AssistanceState },
      },
    },
    async ({ actor: { workspaceId } }) => {
      if (assistance === null) return { isSetUp: false, isOn: false, host: null, model: null };
      const settings = await readSettings(desk.db, workspaceId, settingDefaults);
      const { host, model } = assistance;
      return { isSetUp: true, isOn: settings.assistance, host, model };
    },
  );
  app.post(
    '/api/v1/assistance/test',
    {
      onRequest: allow(desk, 'settings.write'),
      schema: {
        tags,
        description: 'Asks the model for one word, and says how long it took or what is wrong.',
        response: { 200: AssistanceTest },
      },
    },
    async ({ actor }, reply) => ({ tookMs: await asker.test(actor, reply) }),
  );
  app.post(
    '/api/v1/conversations/:id/suggestions',
    {
      onRequest: work,
      schema: {
        tags,
        description: `Up to three drafts of an answer, in the language of the contact. ${ON_RECORD}`,
        params: IdParams,
        body: Type.Optional(Type.Union([SuggestionAsking, Type.Null()])),
        response: { 200: Suggestions },
      },
    },
    async (request, reply) => {
      const { drafts = MOST_DRAFTS, preview } = request.body ?? {};
      const { id: conversationId } = request.params;
      const task = { kind: 'suggestions' as const, drafts };
      const { text, sent } = await asker.ask({ request, reply, preview }, { conversationId, task });
      return { drafts: text === null ? [] : readDrafts(text, drafts), sent };
    },
  );
  app.post(
    '/api/v1/conversations/:id/summary',
    {
      onRequest: work,
      schema: {
        tags,
        description: `What was asked, what was done and what is open, for a note when it is handed over. ${ON_RECORD}`,
        params: IdParams,
        body: Type.Optional(Type.Union([SummaryAsking, Type.Null()])),
        response: { 200: ModelText },
      },
    },
    (request, reply) => {
      const { language = 'en', preview } = request.body ?? {};
      const { id: conversationId } = request.params;
      const task = { kind: 'summary' as const, language: nameLanguage(language) };
      return asker.ask({ request, reply, preview }, { conversationId, task });
    },
  );
  app.post(
    '/api/v1/conversations/:id/translations',
    {
      onRequest: work,
      schema: {
        tags,
        description: `A message of the conversation, or a draft, in another language. ${ON_RECORD}`,
        params: IdParams,
        body: TranslationAsking,
        response: { 200: ModelText },
      },
    },
    (request, reply) => {
      const { language, preview, messageId, text } = request.body;
      const { id: conversationId } = request.params;
      const into = language === undefined ? null : nameLanguage(language);
      const task = { kind: 'translation' as const, language: into };
      const asking = { conversationId, task, of: { messageId, text } };
      return asker.ask({ request, reply, preview }, asking);
    },
  );
};

interface By {
  request: FastifyRequest;
  reply: FastifyReply;
  preview: boolean | undefined;
}

function makeAsker(means: AssistanceMeans) {
  const { desk, assistance } = means;
  const rates = makeRates({ most: assistance?.mostPerMinute ?? 1, withinMs: 60_000 });
  const take = ({ userId, tokenId, name }: Actor, { mostPerMinute }: Assistance) => {
    if (rates.take(userId ?? tokenId ?? name, desk.clock.elapsed())) return;
    throw new Refused(
      'assistance.too-many',
      `The model may be asked ${mostPerMinute} times in a minute. Wait a minute.`,
    );
  };
  const require = (): Assistance => {
    if (assistance === null) throw new Refused('assistance.not-set-up');
    return assistance;
  };
  return {
    /** Recorded before it leaves. `text` null: of a preview. */
    ask: async (
      by: By,
      asking: Asking,
    ): Promise<{ text: string | null; sent: Prepared['sent'] }> => {
      const model = require();
      const { actor } = by.request;
      const { kind, sent, restore } = await prepareAsking(
        { ...means, assistance: model },
        actor,
        asking,
      );
      if (by.preview) return { text: null, sent };
      take(actor, model);
      const { workspaceId, name } = actor;
      const { conversationId } = asking;
      const { host, characters } = sent;
      const { mostPerDay } = model;
      await noteAssistance(desk, {
        ...{ workspaceId, conversationId, actor: name, kind, characters, host, mostPerDay },
        model: sent.model,
      });
      const text = await model.ask(sent.messages, goneOf(by.reply));
      return { text: restore(text), sent };
    },
    test: async (actor: Actor, reply: FastifyReply): Promise<number> => {
      const model = require();
      take(actor, model);
      const { workspaceId, name } = actor;
      await noteModelTest(desk, { ...model, workspaceId, actor: name });
      const startedAt = desk.clock.elapsed();
      await model.test(goneOf(reply));
      return Math.round(desk.clock.elapsed() - startedAt);
    },
  };
}

/** Aborted when the caller goes away: nobody reads the answer then. */
function goneOf(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  whenOver(reply, () => gone.abort());
  return gone.signal;
}

/** As English calls it, for the model. Refuses `request.invalid`. */
function nameLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    throw new Refused('request.invalid', 'language: send a tag of BCP 47, as pt-BR.');
  }
}
