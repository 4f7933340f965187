// What the company's own system knows about a customer, for the panel beside the conversation.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { IdParams } from '../contract/shapes.ts';
import { Refused } from '../errors.ts';
import type { AskStatistics } from '../statistics/ask-statistics.ts';
import { getContact } from '../store/contacts.ts';
import { allow } from './authenticate.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import type { RouteMeans } from './route-means.ts';

export interface StatisticsMeans extends RouteMeans {
  askStatistics: AskStatistics;
  settingDefaults: SettingDefaults;
}

const Items = Type.Array(
  Type.Object({
    label: Type.String(),
    value: Type.Unknown({
      description:
        'As the company gave it: text, a number, a truth, links [{url, label}], points [{x, y}], or anything. A link whose url is empty led elsewhere than to the web.',
    }),
    iconURL: Type.Optional(Type.String()),
  }),
  { maxItems: 50 },
);

export const statisticsRoutes: FastifyPluginAsyncTypebox<StatisticsMeans> = async (
  app,
  { desk, askStatistics, settingDefaults },
) => {
  app.get(
    '/api/v1/contacts/:id/statistics',
    {
      onRequest: allow(desk, 'contacts.read'),
      schema: {
        tags: ['contacts'],
        params: IdParams,
        querystring: Type.Object({
          window: Type.Optional(Type.Enum(['24h', '7d', 'all'], { default: '24h' })),
          subject: Type.Optional(
            Type.Enum(['statistics', 'contactInfo', 'additionalInfo'], {
              default: 'statistics',
              description:
                'The customer’s contact, and what else is known, are of no window, and only of statisticsStyle customer.',
            }),
          ),
        }),
        response: { 200: Items },
      },
    },
    async ({ actor: { workspaceId, agentId }, params: { id: contactId }, query }) => {
      const contact = await getContact(desk.db, { workspaceId, contactId });
      if (contact === null) throw new Refused('contact.not-found');
      const settings = await readSettings(desk.db, workspaceId, settingDefaults);
      const { statisticsBaseEndpoint: base, statisticsStyle: style } = settings;
      const { subject = 'statistics' } = query;
      const has = style === 'customer' || subject === 'statistics';
      if (base === null || !has) throw new Refused('statistics.not-configured');
      return askStatistics({
        workspaceId,
        contactId,
        customerId: contact.externalId,
        subject,
        window: query.window ?? '24h',
        base,
        style,
        timeZone: settings.statisticsTimeZone,
        agentId,
      });
    },
  );
};
