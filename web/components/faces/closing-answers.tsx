// What was said at the end of a conversation: the contact's rating, and the agent's note and answers to the form.
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Stars } from './stars.tsx';

type Answer = NonNullable<Conversation['closing']>['answers'][number];

export function ClosingAnswers({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { closing, rating } = conversation;
  return (
    <Facts>
      {rating !== null && (
        <Fact name={t('contacts.rating')}>
          <span>
            <Stars score={rating.score} /> {rating.comment}
          </span>
        </Fact>
      )}
      {closing?.note && <Fact name={t('contacts.closeNote')}>{closing.note}</Fact>}
      {closing !== null && closing.categories.length > 0 && (
        <Fact name={t('contacts.categories')}>{closing.categories.join(t('common.comma'))}</Fact>
      )}
      {closing?.answers.map((one) => (
        <Fact key={one.name} name={one.name}>
          {wordAnswer(one)}
        </Fact>
      ))}
    </Facts>
  );
}

function wordAnswer({ value }: Answer): string {
  if (value === null || value === '') return '–';
  return typeof value === 'string' ? value : value.map(({ name }) => name).join(' › ');
}
