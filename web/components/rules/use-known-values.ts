// What there is to be named in a condition, so that it is offered where it is asked for.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelKinds, kindNames } from '../../../src/contract/channel-kinds.ts';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { weekdays } from '../../../src/contract/policy/weekdays.ts';
import { priorities } from '../../../src/contract/priorities.ts';
import { authorKinds, messageKinds } from '../../../src/contract/said-by.ts';
import { agentsQuery, channelsQuery, tagsQuery, teamsQuery } from '../../api/queries.ts';
import { contactLanguages } from '../../i18n/languages.ts';
import { nameDay, wordValue } from '../naming/word-rule.ts';

export interface Choice {
  value: string;
  label: string;
}

export interface KnownValues {
  /** `only`: nothing else can stand there. */
  of(field: string): { choices: Choice[]; only: boolean };
  plans: string[];
  teams: string[];
  /** Messages are looked at too. */
  ofMessages: boolean;
}

const same = (values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: value }));
const namesOf = (items: readonly { name: string }[] | undefined) => [
  ...new Set((items ?? []).map(({ name }) => name)),
];

export function useKnownValues(
  { plans = [], calendars = [] }: PolicyDocument,
  { ofMessages = false }: { ofMessages?: boolean } = {},
): KnownValues {
  const { t, i18n } = useTranslation();
  const { language } = i18n;
  const teams = namesOf(useQuery(teamsQuery).data);
  const tags = namesOf(useQuery(tagsQuery).data);
  const agents = namesOf(useQuery(agentsQuery).data);
  const channels = namesOf(useQuery(channelsQuery).data);
  const fixed: Readonly<Record<string, Choice[]>> = {
    channelKind: kindNames.map((kind) => ({ value: kind, label: channelKinds[kind].name })),
    'conversation.priority': priorities.map((one) => ({ value: one, label: t(`priority.${one}`) })),
    'now.weekday': weekdays.map((day) => ({ value: day, label: nameDay(day, language) ?? day })),
    'now.open': same(namesOf(calendars)),
    channel: same(channels),
    'message.author': authorKinds.map((one) => ({ value: one, label: t(`rule.author.${one}`) })),
    'message.kind': messageKinds.map((one) => ({ value: one, label: t(`rule.message.${one}`) })),
  };
  const offered: Readonly<Record<string, Choice[]>> = {
    'contact.language': contactLanguages.map((code) => ({
      value: code,
      label: wordValue('contact.language', code, { t, language }),
    })),
    'contact.tags': same(tags),
    'conversation.tags': same(tags),
    'conversation.department': same(teams),
    'contact.agent': same(agents),
  };
  return {
    of: (field) => ({ choices: fixed[field] ?? offered[field] ?? [], only: field in fixed }),
    plans: namesOf(plans),
    teams,
    ofMessages,
  };
}
