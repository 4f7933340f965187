// What an entry of the audit changed, in words: `Closing form: 2 questions (Order, Reason)`. Pure.
import type { TFunction } from 'i18next';
import type { Words } from '../i18n/en.ts';

export interface ChangeWording {
  t: TFunction;
  /** Of people, teams, skills and channels by their ids. */
  names: ReadonlyMap<string, string>;
}

/** As the settings call them on the screen; what is not here keeps the API's name. */
const labels: Readonly<Record<string, keyof Words>> = {
  agentsSee: 'sight.title',
  auditRetentionDays: 'security.audit',
  capacity: 'agent.capacity',
  closeForm: 'settings.close-form',
  defaultCapacity: 'routing.defaultCapacity',
  email: 'form.email',
  favIconUrl: 'data.faviconUrl',
  language: 'data.language',
  loginTitle: 'data.loginTitle',
  logoUrl: 'data.logoUrl',
  name: 'form.name',
  offlineLabel: 'data.offlineLabel',
  onlineLabel: 'data.onlineLabel',
  onlySingleSignOn: 'security.sso',
  pageTitle: 'data.pageTitle',
  'preChat.fields': 'preChat.title',
  retentionDays: 'data.retention',
  role: 'people.role',
  secondFactorRoles: 'security.factor',
  skillIds: 'teams.skills',
  skills: 'teams.skills',
  statisticsBaseEndpoint: 'integration.statisticsUrl',
  statisticsStyle: 'integration.statisticsStyle',
  statisticsTimeZone: 'integration.timeZone',
  teamId: 'filter.team',
  teamIds: 'teams.teams',
  weight: 'channel.weight',
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
      const name = label === undefined ? path : wording.t(label);
      const word = forms.has(path) ? wordQuestions : wordValue;
      return `${name}: ${word(value, wording)}`;
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

function wordValue(value: unknown, wording: ChangeWording): string {
  const { t } = wording;
  if (value === null || value === '') return NONE;
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (!Array.isArray(value)) return wording.names.get(String(value)) ?? String(value);
  return value.map((one) => wordValue(one, wording)).join(', ') || NONE;
}

function wordQuestions(value: unknown, { t }: ChangeWording): string {
  const questions = Array.isArray(value) ? value : [];
  const number = questions.length;
  if (number === 0) return t('audited.noQuestions');
  const names = questions.map(({ label }: { label: string }) => label).join(', ');
  return number === 1
    ? t('audited.oneQuestion', { names })
    : t('audited.questions', { number, names });
}
