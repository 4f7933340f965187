// Asks for the fields that the channel wants, and says what is wrong with what was filled in.
import { useRef, useState } from 'preact/hooks';
import type { PreChatField } from '../chat/state.ts';
import type { WordKey } from '../words/en.ts';
import type { Speech } from '../words/speech.ts';

export function StartForm(props: {
  speech: Speech;
  fields: PreChatField[];
  known: Record<string, unknown>;
  withMessage: boolean;
  submitLabel: string;
  onSubmit: (profile: Record<string, string>, message: string) => void;
}) {
  const { speech, known, withMessage, submitLabel, onSubmit } = props;
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<Record<string, WordKey>>({});
  const message = { name: MESSAGE, label: speech.say('field.message'), required: true };
  const fields = withMessage ? [...props.fields, message] : props.fields;

  const submit = (event: Event) => {
    event.preventDefault();
    if (form.current === null) return;
    const values = readForm(form.current);
    const found = findWrong(fields, values);
    setWrong(found);
    const first = fields.find(({ name }) => found[name] !== undefined);
    if (first !== undefined) document.getElementById(`field-${first.name}`)?.focus();
    else {
      const { [MESSAGE]: text = '', ...profile } = values;
      onSubmit(
        Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== '')),
        text,
      );
    }
  };
  return (
    <form class="form" ref={form} noValidate onSubmit={submit}>
      {fields.map((field, at) => (
        <Field
          key={field.name}
          field={field}
          label={field.label || labelOf(field.name, speech)}
          initial={typeof known[field.name] === 'string' ? String(known[field.name]) : ''}
          isFirst={at === 0}
          error={wrong[field.name] === undefined ? null : speech.say(wrong[field.name] as WordKey)}
        />
      ))}
      <button type="submit" class="button">
        {submitLabel}
      </button>
    </form>
  );
}

const MESSAGE = 'usher-message';

function Field(props: {
  field: PreChatField;
  label: string;
  initial: string;
  isFirst: boolean;
  error: string | null;
}) {
  const { field, label, initial, isFirst, error } = props;
  const id = `field-${field.name}`;
  const shared = {
    id,
    name: field.name,
    required: field.required,
    'aria-invalid': error !== null,
    'aria-describedby': error === null ? undefined : `${id}-error`,
    'data-focus': isFirst ? '' : undefined,
    maxLength: field.name === MESSAGE ? 10_000 : 256,
  };
  return (
    <div class="field">
      <label for={id}>
        {label}
        {field.required && <span aria-hidden="true"> *</span>}
      </label>
      {field.name === MESSAGE ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input
          type={types.get(field.name) ?? 'text'}
          list={undefined}
          autocomplete={completions.get(field.name) ?? 'off'}
          defaultValue={initial}
          {...shared}
        />
      )}
      {error !== null && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

const types = new Map<string, 'email' | 'tel'>([
  ['email', 'email'],
  ['phone', 'tel'],
]);

const completions = new Map([
  ['name', 'name'],
  ['email', 'email'],
  ['phone', 'tel'],
]);

const labels = new Map<string, WordKey>([
  ['name', 'field.name'],
  ['email', 'field.email'],
  ['phone', 'field.phone'],
]);

function labelOf(name: string, speech: Speech): string {
  const key = labels.get(name);
  return key === undefined ? name : speech.say(key);
}

function readForm(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(
    [...new FormData(form)].map(([name, value]) => [name, String(value).trim()]),
  );
}

function findWrong(
  fields: PreChatField[],
  values: Record<string, string>,
): Record<string, WordKey> {
  return Object.fromEntries(
    fields.flatMap(({ name, required }): [string, WordKey][] => {
      const value = values[name] ?? '';
      if (value === '') return required ? [[name, 'field.required']] : [];
      const isWrong = name === 'email' && !/^[^@\s]+@[^@\s]+$/.test(value);
      return isWrong ? [[name, 'field.email-wrong']] : [];
    }),
  );
}
