// Which bot is given first what comes to a plan, and when people get it instead.
import { NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { botDefaults } from '../../../src/contract/bot-limits.ts';
import type { PlanBot } from '../../../src/contract/bots.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import { SecondsField } from '../../forms/seconds-field.tsx';
import { Select } from '../../ui/select.tsx';
import { type PartProps, setPart } from './part-props.ts';
import type { PlanWorld } from './plan-world.ts';

const LONGEST = 3600;
const [MOST_REPLIES, MOST_MESSAGES, MOST_WORDS] = [1000, 100, 50];

export function BotForm({
  plan,
  world,
  onChange,
  disabled,
  faults,
  warnings,
}: PartProps & { world: PlanWorld }) {
  const { t } = useTranslation();
  const { bot } = plan;
  const bots = (world.agents ?? []).filter(({ kind }) => kind === 'bot');
  const [first] = bots;
  const write = (next: PlanBot | undefined, stepName?: string) =>
    onChange(setPart(plan, 'bot', next), stepName);
  return (
    <EntrySection
      title={t('plans.bot')}
      text={t(first === undefined && bot === undefined ? 'plans.botNone' : 'plans.botText')}
      on={bot !== undefined}
      onToggle={(on) => write(on && first !== undefined ? { agent: first.id } : undefined)}
      disabled={disabled || (bot === undefined && first === undefined)}
      faults={faults.sayOnly('/bot')}
      warnings={warnings.say('/bot')}
    >
      {bot !== undefined && (
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl" verticalSpacing="md">
          <Select
            label={t('plans.botAgent')}
            data={bots.map(({ id, name }) => ({ value: id, label: name }))}
            value={bot.agent}
            disabled={disabled}
            error={faults.say('/bot/agent')}
            onChange={(agent) => agent !== null && write({ ...bot, agent })}
          />
          <SecondsField
            label={t('plans.botSilent')}
            description={t('plans.botSilentText')}
            max={LONGEST}
            disabled={disabled}
            value={bot.silentFor ?? botDefaults.silentFor}
            error={faults.say('/bot/silentFor')}
            onChange={(silentFor = botDefaults.silentFor) =>
              write({ ...bot, silentFor }, 'bot silentFor')
            }
          />
          <Words {...{ bot, write, disabled, error: faults.say('/bot/words') }} />
          <Most
            name="replies"
            most={MOST_REPLIES}
            {...{ bot, write, disabled, error: faults.say('/bot/replies') }}
          />
          <Most
            name="messages"
            most={MOST_MESSAGES}
            {...{ bot, write, disabled, error: faults.say('/bot/messages') }}
          />
        </SimpleGrid>
      )}
    </EntrySection>
  );
}

interface PartOfBot {
  bot: PlanBot;
  write(next: PlanBot, stepName: string): void;
  disabled: boolean;
  error: ReactNode;
}

function Words({ bot, write, disabled, error }: PartOfBot) {
  const { t } = useTranslation();
  return (
    <TagsInput
      label={t('plans.botWords')}
      description={t('plans.botWordsText')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      maxTags={MOST_WORDS}
      maxLength={60}
      value={[...(bot.words ?? [])]}
      disabled={disabled}
      error={error}
      onChange={(words) => write(setOrLeaveOut(bot, words), 'bot words')}
    />
  );
}

function Most(props: PartOfBot & { name: 'replies' | 'messages'; most: number }) {
  const { name, most, bot, write, disabled, error } = props;
  const { t } = useTranslation();
  const isReplies = name === 'replies';
  return (
    <NumberInput
      label={t(isReplies ? 'plans.botReplies' : 'plans.botMessages')}
      description={t(isReplies ? 'plans.botRepliesText' : 'plans.botMessagesText')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      min={1}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      disabled={disabled}
      error={error}
      value={bot[name] ?? botDefaults[name]}
      onChange={(value) =>
        typeof value === 'number' && write({ ...bot, [name]: value }, `bot ${name}`)
      }
    />
  );
}

/** No words: the list in five languages. */
function setOrLeaveOut(bot: PlanBot, words: string[]): PlanBot {
  if (words.length > 0) return { ...bot, words };
  const { words: _, ...others } = bot;
  return others;
}
