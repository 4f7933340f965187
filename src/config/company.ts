// The company’s own statistics, and how its back office looks.
import { Type } from 'typebox';
import { Picture, Text } from './shapes.ts';

export const company = {
  STATISTICS_BASE_ENDPOINT: Type.Optional(
    Type.String({
      description:
        'The base address of the company’s statistics of a customer, without /chimpassist; the setting of the workspace wins.',
      pattern: '^https?://',
    }),
  ),
  STATISTICS_TOKEN: Text(
    'Sent as Authorization: Bearer to STATISTICS_BASE_ENDPOINT, and to no other address.',
  ),
  MAIN_PAGE_TITLE: Type.String({ description: 'The title of the back office.', default: 'Usher' }),
  LOGIN_PAGE_TITLE: Text('The title of the sign-in page, if it differs.'),
  LOGO_SMALL_URL: Picture('The logo beside it.'),
  FAV_ICON_URL: Picture('The icon of the back office in the browser’s tabs.'),
  DEFAULT_ATTENDANT_AVATAR_URL: Type.Optional(
    Type.String({
      description:
        'The picture of agents who have none of their own, for visitors and in the back office. The widget shows it only from https.',
      pattern: '^https?://[^\\s/]\\S*$',
      maxLength: 2048,
    }),
  ),
  FORCE_i18n_LANGUAGE: Type.Optional(
    Type.Enum(['en', 'ar', 'id', 'ko', 'pt-BR', 'ptBR', 'pt'], {
      description: 'The language of the back office for everybody, whatever they would choose.',
    }),
  ),
  ONLINE_CUSTOMERS_LABEL: Text('The label of the list of customers who are online.'),
  OFFLINE_CUSTOMERS_LABEL: Text('The label of the list of customers who are offline.'),
};
