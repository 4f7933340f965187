// What one action needs to know: tags, whom, which text.
import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../src/contract/actions.ts';
import { priorities } from '../../../src/contract/priorities.ts';
import { TagField } from '../../forms/tag-field.tsx';
import { Select } from '../../ui/select.tsx';
import type { ActionChoices, Choice } from './action-choices.ts';

interface Props<One extends Action = Action> {
  action: One;
  onChange(action: Action): void;
  choices: ActionChoices;
  error: string | null;
}

export function ActionFields(props: Props) {
  const { action, onChange, choices, error } = props;
  const { t } = useTranslation();
  switch (action.do) {
    case 'add-tags':
    case 'remove-tags':
      return (
        <TagField
          label={t('settings.tags')}
          known={choices.tags}
          maxTags={20}
          value={action.tags}
          onChange={(tags) => onChange({ ...action, tags })}
          error={error}
        />
      );
    case 'note':
      return (
        <Textarea
          required
          autosize
          minRows={2}
          maxLength={4000}
          label={t('action.text')}
          value={action.text}
          onChange={(event) => onChange({ ...action, text: event.currentTarget.value })}
          error={error}
        />
      );
    case 'message':
      return <MessageFields {...props} action={action} />;
    case 'close':
      return (
        <TextInput
          maxLength={100}
          label={t('action.reason')}
          value={action.reason ?? ''}
          onChange={({ currentTarget: { value } }) =>
            onChange(value === '' ? { do: 'close' } : { do: 'close', reason: value })
          }
          error={error}
        />
      );
    default:
      return <ChoiceField {...props} action={action} />;
  }
}

/** As they are written. */
const PLACEHOLDERS = { name: '{{name}}', agent: '{{agent}}', opensAt: '{{opensAt}}' };

/** A text in each language that it has; a new one has that of the page. */
function MessageFields({ action, onChange, error }: Props<Extract<Action, { do: 'message' }>>) {
  const { t } = useTranslation();
  const written = Object.entries(action.texts);
  return (
    <>
      {written.map(([language, text], nth) => (
        <Textarea
          key={language}
          required
          autosize
          minRows={2}
          maxLength={1000}
          label={written.length === 1 ? t('action.text') : `${t('action.text')} (${language})`}
          description={nth === 0 ? t('action.messageHint', PLACEHOLDERS) : undefined}
          value={text}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...action, texts: { ...action.texts, [language]: value } })
          }
          error={nth === 0 ? error : null}
        />
      ))}
    </>
  );
}

type Chosen = Extract<
  Action,
  { do: 'set-priority' | 'send-to-plan' | 'send-to-team' | 'give-to-agent' | 'call-endpoint' }
>;

function ChoiceField({ action, onChange, choices, error }: Props<Chosen>) {
  const { t } = useTranslation();
  const data = useListed(action, choices);
  const change = (value: string) => {
    if (action.do === 'set-priority') onChange({ ...action, priority: value as 'high' });
    else if (action.do === 'send-to-plan') onChange({ ...action, plan: value });
    else if (action.do === 'send-to-team') onChange({ ...action, teamId: value });
    else if (action.do === 'give-to-agent') onChange({ ...action, agentId: value });
    else onChange({ ...action, endpointId: value });
  };
  const value = chosenOf(action);
  return (
    <Select
      required
      searchable={data.length > 8}
      aria-label={t(`action.${action.do}`)}
      description={action.do === 'call-endpoint' ? t('action.endpointHint') : undefined}
      nothingFoundMessage={t('nav.nothingFound')}
      data={data}
      value={value === '' ? null : value}
      onChange={(chosen) => chosen !== null && change(chosen)}
      error={error}
    />
  );
}

function chosenOf(action: Chosen): string {
  if (action.do === 'set-priority') return action.priority;
  if (action.do === 'send-to-plan') return action.plan;
  if (action.do === 'send-to-team') return action.teamId;
  return action.do === 'give-to-agent' ? action.agentId : action.endpointId;
}

function useListed({ do: name }: Chosen, choices: ActionChoices): Choice[] {
  const { t } = useTranslation();
  if (name === 'set-priority') {
    return priorities.map((value) => ({ value, label: t(`priority.${value}`) }));
  }
  if (name === 'send-to-plan') return choices.plans.map((value) => ({ value, label: value }));
  if (name === 'send-to-team') return choices.teams;
  return name === 'give-to-agent' ? choices.agents : choices.endpoints;
}
