// The app's settings, as the server's admin sees them and as the app reads them.
import type { IRead } from '@rocket.chat/apps-engine/definition/accessors';
import { type ISetting, SettingType } from '@rocket.chat/apps-engine/definition/settings';

export interface Settings {
  /** '': not set, and every call is refused. */
  secret: string;
  secondTicket: 'supersede' | 'refuse';
  unknownDepartment: 'note' | 'refuse';
  /** Of RapidPro; '': no history is asked for, and lost answers cannot be looked up. */
  apiToken: string;
  retryHours: number;
  allowPrivate: boolean;
  /** Where events go, and their token; null: the app works alone. */
  usher: { eventsUrl: string; token: string } | null;
}

const DEFAULT_RETRY_HOURS = 24;
const MAX_RETRY_HOURS = 24 * 30;

const rapidpro = 'Section_RapidPro';
const usher = 'Section_Usher';

export const settingList: ISetting[] = [
  make('app_secret', SettingType.PASSWORD, '', rapidpro),
  {
    ...make('second_ticket', SettingType.SELECT, 'supersede', rapidpro),
    values: [
      { key: 'supersede', i18nLabel: 'second_ticket_supersede' },
      { key: 'refuse', i18nLabel: 'second_ticket_refuse' },
    ],
  },
  {
    ...make('unknown_department', SettingType.SELECT, 'note', rapidpro),
    values: [
      { key: 'note', i18nLabel: 'unknown_department_note' },
      { key: 'refuse', i18nLabel: 'unknown_department_refuse' },
    ],
  },
  make('api_token', SettingType.PASSWORD, '', rapidpro),
  make('retry_hours', SettingType.NUMBER, DEFAULT_RETRY_HOURS, rapidpro),
  make('allow_private', SettingType.BOOLEAN, false, rapidpro),
  make('usher_address', SettingType.STRING, '', usher),
  make('usher_token', SettingType.PASSWORD, '', usher),
];

function make(id: string, type: SettingType, packageValue: unknown, section: string): ISetting {
  return {
    id,
    type,
    packageValue,
    required: false,
    public: false,
    section,
    i18nLabel: id,
    i18nDescription: `${id}_help`,
  };
}

export async function readSettings(read: IRead): Promise<Settings> {
  const reader = read.getEnvironmentReader().getSettings();
  const valueFor = async (id: string): Promise<unknown> => reader.getValueById(id);
  const text = async (id: string) => String((await valueFor(id)) ?? '').trim();
  const hours = Number(await valueFor('retry_hours'));
  const address = await text('usher_address');
  const token = await text('usher_token');
  return {
    secret: await text('app_secret'),
    secondTicket: (await text('second_ticket')) === 'refuse' ? 'refuse' : 'supersede',
    unknownDepartment: (await text('unknown_department')) === 'refuse' ? 'refuse' : 'note',
    apiToken: await text('api_token'),
    retryHours: hours > 0 ? Math.min(hours, MAX_RETRY_HOURS) : DEFAULT_RETRY_HOURS,
    allowPrivate: (await valueFor('allow_private')) === true,
    usher: address === '' || token === '' ? null : { eventsUrl: toEventsUrl(address), token },
  };
}

/** Usher's page shows the address of the webhook; events have a door of their own beside it. */
function toEventsUrl(address: string): string {
  return `${address.replace(/\/+$/, '').replace(/\/(webhook|events)$/, '')}/events`;
}
