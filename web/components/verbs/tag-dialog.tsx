// Puts a tag on what is shown or selected, or takes it off: a few letters and Enter.
import { IconCheck, IconPlus, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tagsQuery } from '../../api/queries.ts';
import classes from '../../ui/choices.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { ListboxField } from '../../ui/listbox-field.tsx';
import { useListbox } from '../../ui/use-listbox.ts';

interface Choice {
  id: string;
  name: string;
  kind: 'on' | 'off' | 'new';
}
const icons = { on: IconCheck, off: IconTag, new: IconPlus };
const LONGEST = 100;

export function TagDialog(props: {
  /** What is on it; of several, what is on all of them. */
  tags: readonly string[];
  onChoose(tag: string, isOn: boolean): void;
  onClose(): void;
}) {
  const { tags, onChoose, onClose } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const choices = useChoices(tags, typed.trim());
  const listbox = useListbox<Choice>({
    label: t('verb.tag'),
    typed,
    items: choices,
    onChoose: ({ name, kind }) => {
      onClose();
      onChoose(name, kind === 'on');
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t('verb.tag')} size="sm">
      <ListboxField
        {...{ listbox, typed }}
        onType={setTyped}
        label={t('tagging.find')}
        maxLength={LONGEST}
      />
      <div {...listbox.list} className={classes.choices}>
        {choices.map((choice) => {
          const Icon = icons[choice.kind];
          return (
            <div key={choice.id} {...listbox.option(choice)} className={classes.choice}>
              <Icon size={16} />
              <span className="cut">
                {choice.kind === 'new' ? t('tagging.make', { name: choice.name }) : choice.name}
              </span>
            </div>
          );
        })}
      </div>
    </Dialog>
  );
}

function useChoices(on: readonly string[], wanted: string): Choice[] {
  const known = useQuery(tagsQuery).data ?? [];
  const names = [...new Set([...on, ...known.map(({ name }) => name)])];
  const lower = wanted.toLowerCase();
  const begins = (name: string) => (name.toLowerCase().startsWith(lower) ? 0 : 1);
  const found = names
    .filter((name) => name.toLowerCase().includes(lower))
    .sort((a, b) => begins(a) - begins(b));
  const choices = found.map((name): Choice => {
    return { id: name, name, kind: on.includes(name) ? 'on' : 'off' };
  });
  const isKnown = wanted === '' || names.some((name) => name.toLowerCase() === lower);
  return isKnown ? choices : [...choices, { id: `new ${wanted}`, name: wanted, kind: 'new' }];
}
