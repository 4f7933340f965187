// A field of tags that looks like one from the start, and is fetched when somebody comes to write in it.
import { Pill, PillsInput, type TagsInputProps } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { setText } from '../../ui/set-text.ts';
import { type Part, usePart } from '../on-demand/on-demand.tsx';

interface FieldProps {
  size: 'xs';
  label?: string;
  'aria-label'?: string;
  placeholder: string;
  maxLength?: number;
  value: string[];
  onChange(tags: string[]): void;
}
export type TagsProps = FieldProps & Pick<TagsInputProps, 'autoFocus' | 'ref'>;

export function TagsOnDemand<Props extends TagsProps>(
  given: Props & {
    part: Part<Props>;
    /** The tag that Enter makes of what is typed, as the field would. */
    take(typed: string): string | undefined;
  },
) {
  const { part, take, ...props } = given;
  const { value, onChange } = given;
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const Tags = usePart(part, { asked, onFail: () => setAsked(false) });
  /** What was typed before the field came, and does not stand in it yet. */
  const early = useRef('');
  const hasCome = useRef(false);
  if (!hasCome.current) early.current = typed;
  const isThere = Tags !== null;
  useEffect(() => {
    hasCome.current = isThere;
    if (isThere && field.current !== null) write(field.current, early);
  }, [isThere]);
  const takeKey = (event: KeyboardEvent, word: string): boolean => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== ',')) return false;
    event.preventDefault();
    const tag = word.trim() === '' ? undefined : take(word);
    if (tag !== undefined && !value.includes(tag)) onChange([...value, tag]);
    return true;
  };
  if (Tags !== null) {
    const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
      if (early.current === '') return;
      if (!takeKey(event, early.current + event.currentTarget.value)) return;
      early.current = '';
      setText(event.currentTarget, '');
    };
    return <Tags {...({ ...props, ref: field, autoFocus: true, onKeyDown } as unknown as Props)} />;
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (takeKey(event, typed)) setTyped('');
  };
  return (
    <AtRest
      {...(props as FieldProps)}
      {...{ typed, onKeyDown }}
      onType={setTyped}
      onFocus={() => setAsked(true)}
    />
  );
}

/** As if it were typed once the list stands there, so that the field marks what it would have marked. */
function write(field: HTMLInputElement, early: { current: string }, frames = 10): void {
  // Without tags to offer no list comes.
  if (field.getAttribute('aria-controls') === null && frames > 0) {
    requestAnimationFrame(() => write(field, early, frames - 1));
    return;
  }
  if (early.current !== '') setText(field, early.current + field.value);
  early.current = '';
}

function AtRest(
  props: FieldProps & {
    typed: string;
    onType(typed: string): void;
    onKeyDown(event: KeyboardEvent): void;
    onFocus(): void;
  },
) {
  const { size, label, value, onChange, typed, onType } = props;
  const id = useId();
  return (
    <PillsInput id={id} size={size} label={label}>
      <Pill.Group>
        {value.map((tag) => (
          <Pill
            key={tag}
            withRemoveButton
            onRemove={() => onChange(value.filter((one) => one !== tag))}
          >
            {tag}
          </Pill>
        ))}
        <PillsInput.Field
          id={id}
          role="combobox"
          aria-expanded={false}
          aria-haspopup="listbox"
          aria-label={props['aria-label']}
          autoComplete="off"
          placeholder={props.placeholder}
          maxLength={props.maxLength}
          value={typed}
          onChange={(event) => onType(event.currentTarget.value)}
          onKeyDown={props.onKeyDown}
          onFocus={props.onFocus}
        />
      </Pill.Group>
    </PillsInput>
  );
}
