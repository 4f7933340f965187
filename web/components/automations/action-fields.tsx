// What one action needs to know: tags, whom, which text.
import { Text, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Action } from '../../../src/contract/actions.ts';
import { knownInMessages } from '../../../src/contract/policy/words.ts';
import { priorities } from '../../../src/contract/priorities.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { TagField } from '../../forms/tag-field.tsx';
import { TextsByLanguage } from '../../forms/texts-by-language.tsx';
import { Select } from '../../ui/select.tsx';
import type { ActionChoices, Choice } from './action-choices.ts';

interface Props<One extends Action = Action> {
  action: One;
  onChange(action: Action): void;
  choices: ActionChoices;
  faults: FaultsAt;
}

export function ActionFields(props: Props) {
  const { action, onChange, choices, faults } = props;
  const { t } = useTranslation();
  const error = faults.say('');
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

/** A text in each language that it has; a new one has that of the page. */
function MessageFields({ action, onChange, faults }: Props<Extract<Action, { do: 'message' }>>) {
  const { t, i18n } = useTranslation();
  return (
    <div role="group" aria-label={t('action.message')}>
      <Text size="xs" c="dimmed">
        {t('action.messageHint')}
      </Text>
      {faults.sayOnly('') && (
        <Text size="xs" c="var(--bad)">
          {faults.sayOnly('')}
        </Text>
      )}
      <TextsByLanguage
        name={t('action.message')}
        texts={action.texts}
        first={i18n.language}
        placeholders={knownInMessages}
        faults={faults.below('/texts')}
        onChange={(texts) => onChange({ ...action, texts })}
      />
    </div>
  );
}

type Chosen = Extract<
  Action,
  { do: 'set-priority' | 'send-to-plan' | 'send-to-team' | 'give-to-agent' | 'call-endpoint' }
>;

function ChoiceField({ action, onChange, choices, faults }: Props<Chosen>) {
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
      error={faults.say('')}
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
