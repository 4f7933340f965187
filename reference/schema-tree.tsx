// A shape with its parts; what is deep unfolds.
import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import {
  follow,
  type Schema,
  type Schemas,
  withoutNull,
  wordBounds,
  wordType,
} from './word-schema.ts';

/** Deeper parts are drawn when their row is unfolded, a shape that holds itself too. */
const UNFOLDED = 1;

export function SchemaTree(props: { schema: Schema; schemas: Schemas; depth?: number }) {
  const { schemas, depth = 0 } = props;
  const schema = withoutNull(follow(props.schema, schemas), schemas);
  const parts = partsOf(schema, schemas);
  if (parts.length === 0) {
    return (
      <p>
        <span class="type">{wordType(props.schema, schemas)}</span> {schema.description}
      </p>
    );
  }
  return (
    <ul class="tree">
      {parts.map(({ name, part, isRequired }) => (
        <Part key={name} {...{ name, part, isRequired, schemas, depth }} />
      ))}
    </ul>
  );
}

interface NamedPart {
  name: string;
  part: Schema;
  isRequired: boolean;
}

function Part(props: NamedPart & { schemas: Schemas; depth: number }) {
  const { name, part, isRequired, schemas, depth } = props;
  const inner = innerOf(part, schemas);
  const bounds = wordBounds(part, schemas);
  const { description } = follow(part, schemas);
  return (
    <li>
      <code class="name">{name}</code> <span class="type">{wordType(part, schemas)}</span>{' '}
      <small>
        {isRequired ? 'required' : 'optional'}
        {bounds !== '' && `, ${bounds}`}
      </small>
      {description && <p>{description}</p>}
      {inner !== null && depth < 12 && (
        <Unfolding name={name} depth={depth}>
          {() => <SchemaTree schema={inner} schemas={schemas} depth={depth + 1} />}
        </Unfolding>
      )}
    </li>
  );
}

function Unfolding(props: { name: string; depth: number; children: () => ComponentChild }) {
  const [isOpen, setOpen] = useState(props.depth < UNFOLDED);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <small>Parts of {props.name}</small>
      </summary>
      {isOpen && props.children()}
    </details>
  );
}

/** What of it has parts: an object, what is in a list, the shapes to choose from. */
function innerOf(given: Schema, schemas: Schemas): Schema | null {
  const schema = withoutNull(follow(given, schemas), schemas);
  if (schema.items !== undefined) return innerOf(schema.items, schemas);
  return partsOf(schema, schemas).length > 0 ? schema : null;
}

function partsOf(given: Schema, schemas: Schemas): NamedPart[] {
  const schema = withoutNull(follow(given, schemas), schemas);
  if (schema.items !== undefined) return partsOf(schema.items, schemas);
  const choices = (schema.anyOf ?? schema.oneOf ?? []).filter(
    (one) => partsOf(follow(one, schemas), {}).length > 0,
  );
  if (choices.length > 1) {
    return choices.map((part, index) => ({
      ...{ name: `choice ${index + 1}`, part, isRequired: false },
    }));
  }
  const { properties = {}, required = [], additionalProperties, patternProperties = {} } = schema;
  const named = Object.entries(properties).map(([name, part]) => ({
    ...{ name, part, isRequired: required.includes(name) },
  }));
  const others = [
    ...Object.values(patternProperties),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return [...named, ...others.map((part) => ({ name: 'any name', part, isRequired: false }))];
}
