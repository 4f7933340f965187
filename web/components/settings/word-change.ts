// What an entry of the audit changed, in words: `Closing form: 2 questions (Order, Reason)`. Pure.
import type { TFunction } from 'i18next';
import type { Words } from '../../i18n/en.ts';
import type { SettingsWords } from '../../i18n/settings-en.ts';

export interface ChangeWording {
  t: TFunction;
  /** Of people, teams, skills and channels by their ids. */
  names: ReadonlyMap<string, string>;
}

type Key = keyof (Words & SettingsWords);

/** As the settings call them on the screen; of what is not here the API's name is taken apart. */
const labels: Readonly<Record<string, Key>> = {
  acceptance: 'visitors.acceptance',
  absentTimes: 'endpoint.absent',
  address: 'audited.address',
  agentId: 'filter.agent',
  agentsSee: 'sight.title',
  allowedOrigins: 'widget.origins',
  anonymousVisitors: 'visitors.anonymous',
  answersHere: 'agent.answersHere',
  appCode: 'channel.appCode',
  appId: 'channel.appId',
  archived: 'statuses.archived',
  asleepAnswerSeconds: 'push.seconds',
  assistance: 'model.on',
  assistanceMasks: 'model.masks',
  assistanceNotes: 'model.notes',
  assistanceReplies: 'model.canned',
  auditRetentionDays: 'security.audit',
  availability: 'availability.title',
  baseUrl: 'channel.baseUrl',
  because: 'audited.because',
  body: 'replies.body',
  by: 'audited.by',
  capacity: 'agent.capacity',
  closeForm: 'settings.close-form',
  colour: 'tags.colour',
  defaultCapacity: 'routing.defaultCapacity',
  description: 'endpoint.summary',
  deliveryId: 'audited.delivery',
  email: 'form.email',
  emoji: 'statuses.emoji',
  enabled: 'endpoint.enabled',
  events: 'endpoint.events',
  expiresAt: 'tokens.expires',
  favIconUrl: 'data.faviconUrl',
  from: 'data.from',
  greeting: 'widget.greeting',
  input: 'audited.input',
  keepOldSecretSeconds: 'endpoint.keepOld',
  language: 'data.language',
  launcherText: 'widget.launcherText',
  locale: 'data.language',
  loginTitle: 'data.loginTitle',
  logoUrl: 'data.logoUrl',
  model: 'model.title',
  name: 'form.name',
  'offline.enabled': 'offline.enabled',
  'offline.text': 'offline.text',
  offlineLabel: 'data.offlineLabel',
  onlineLabel: 'data.onlineLabel',
  onSecondTicket: 'channel.onSecondTicket',
  onlySingleSignOn: 'security.sso',
  pageTitle: 'data.pageTitle',
  position: 'widget.position',
  quickReplies: 'widget.quickReplies',
  'preChat.enabled': 'preChat.enabled',
  'preChat.fields': 'preChat.title',
  pushTexts: 'push.texts',
  requireIdentity: 'visitors.requireIdentity',
  retentionDays: 'data.retention',
  role: 'people.role',
  scopes: 'tokens.limit',
  secret: 'endpoint.newSecret',
  secondFactorRoles: 'security.factor',
  secrets: 'audited.secrets',
  shortcut: 'replies.shortcut',
  showPoweredBy: 'widget.poweredBy',
  signatureEncoding: 'endpoint.encoding',
  skillIds: 'teams.skills',
  skills: 'teams.skills',
  statisticsBaseEndpoint: 'integration.statisticsUrl',
  statisticsStyle: 'integration.statisticsStyle',
  statisticsTimeZone: 'integration.timeZone',
  teamId: 'filter.team',
  teamIds: 'teams.teams',
  text: 'replies.body',
  theme: 'widget.theme',
  title: 'widget.title',
  tool: 'audited.tool',
  to: 'data.to',
  unknownDepartment: 'channel.unknownDepartment',
  url: 'audited.address',
  verifyTls: 'endpoint.verifyTls',
  version: 'audited.version',
  weight: 'channel.weight',
  what: 'audited.what',
};
/** Whose values are words of the API. */
const values: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  acceptance: { auto: 'visitors.acceptance.auto', manual: 'visitors.acceptance.manual' },
  absentTimes: { null: 'endpoint.absent.null', omit: 'endpoint.absent.omit' },
  agentsSee: { everything: 'sight.everything', 'own-and-teams': 'sight.own-and-teams' },
  availability: {
    ...{ online: 'availability.online', away: 'availability.away' },
    offline: 'availability.offline',
  },
  by: { password: 'form.password', oidc: 'people.sso', code: 'people.twoSteps' },
  position: { left: 'widget.position.left', right: 'widget.position.right' },
  role: { admin: 'role.admin', supervisor: 'role.supervisor', agent: 'role.agent' },
  scopes: { read: 'tokens.limit.read' },
  secret: { changed: 'common.yes' },
  secondFactorRoles: { admin: 'role.admin', supervisor: 'role.supervisor', agent: 'role.agent' },
  theme: { auto: 'widget.theme.auto', light: 'widget.theme.light', dark: 'widget.theme.dark' },
  what: { password: 'form.password', oidc: 'people.sso', code: 'people.twoSteps' },
};
/** Lists of questions. */
const forms = new Set(['closeForm', 'preChat.fields']);
/** Whose parts are named without them. */
const FRAMES = /^(config|branding)\./;
const NONE = '–';

export function wordChange(change: Record<string, unknown>, wording: ChangeWording): string {
  const said = flatten(change)
    // Which were set; none as a rule.
    .filter(([path, value]) => path !== 'secrets' || !isEmpty(value))
    .map(([path, value]) => {
      const label = labels[path];
      const name = label === undefined ? takeApart(path) : wording.t(label);
      const said = forms.has(path)
        ? wordQuestions(value, wording)
        : wordValue(path, value, wording);
      return wording.t('audited.part', { name, value: said });
    })
    .join(' · ');
  return said === '' ? NONE : said;
}

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

/** Objects by their parts, as `preChat.enabled`; lists whole. */
function flatten(change: object, under = ''): [path: string, value: unknown][] {
  return Object.entries(change).flatMap(([key, value]) => {
    const path = `${under}${key}`;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return flatten(value, `${path}.`);
    }
    return [[path.replace(FRAMES, ''), value]];
  });
}

/** `workingHours.timeZone` as `Working hours, time zone`. */
function takeApart(path: string): string {
  const words = path
    .replaceAll('.', ', ')
    .replace(/[_-]+/g, ' ')
    .replace(
      /([a-z0-9])([A-Z])/g,
      (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
    );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function wordValue(path: string, value: unknown, wording: ChangeWording): string {
  const { t } = wording;
  if (value === null || value === '') return NONE;
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (Array.isArray(value)) {
    return value.map((one) => wordValue(path, one, wording)).join(t('common.comma')) || NONE;
  }
  const known = values[path]?.[String(value)];
  if (known !== undefined) return t(known);
  if (typeof value === 'object') return wordParts(value, wording);
  return wording.names.get(String(value)) ?? String(value);
}

/** Of a list of objects: `Type: message.created`. */
function wordParts(value: object, wording: ChangeWording): string {
  return flatten(value)
    .map(([path, part]) =>
      wording.t('audited.part', { name: takeApart(path), value: wordValue(path, part, wording) }),
    )
    .join(wording.t('common.comma'));
}

function wordQuestions(value: unknown, { t }: ChangeWording): string {
  const questions = Array.isArray(value) ? value : [];
  const number = questions.length;
  if (number === 0) return t('audited.noQuestions');
  const names = questions.map(({ label }: { label: string }) => label).join(t('common.comma'));
  return number === 1
    ? t('audited.oneQuestion', { names })
    : t('audited.questions', { number, names });
}
