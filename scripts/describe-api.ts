// The reference of the API: a page of Markdown for each tag of openapi.json.

interface Schema {
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}
interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}
interface Answer {
  description?: string;
  content?: Record<string, { schema?: Schema }>;
}
interface Operation {
  tags?: string[];
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
  responses: Record<string, Answer>;
}
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
}
export interface ApiPage {
  tag: string;
  text: string;
}
interface Field {
  name: string;
  type: string;
  there: string;
  meaning: string;
}

export function describeApi(document: ApiDocument): ApiPage[] {
  const byTag = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? 'other';
      byTag.set(tag, [
        ...(byTag.get(tag) ?? []),
        describeRoute(`${method.toUpperCase()} ${path}`, operation),
      ]);
    }
  }
  return [...byTag].map(([tag, routes]) => ({
    tag: tag.replaceAll(' ', '-'),
    text: [`# API: ${tag}`, ...routes].join('\n\n'),
  }));
}

function describeRoute(route: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: where, required, description, schema = {} }): Field => ({
      name: `${name} (${where})`,
      type: nameType(schema),
      there: required ? 'always' : 'optional',
      meaning: description ?? describeBounds(schema),
    }),
  );
  const body = schemaOf(operation.requestBody?.content);
  return [
    `## ${asText(route)} {#${anchorOf(route)}}`,
    asText(operation.description ?? operation.summary ?? ''),
    parameters.length > 0 ? writeTable('Parameters', parameters) : '',
    body === undefined ? '' : writeTable('Body', fieldsOf(body)),
    ...Object.entries(operation.responses).map(([status, answer]) =>
      describeAnswer(status, answer),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function describeAnswer(status: string, answer: Answer): string {
  const schema = schemaOf(answer.content);
  const said = answer.description === 'Default Response' ? '' : (answer.description ?? '');
  const fields = schema === undefined ? [] : fieldsOf(schema);
  if (fields.length > 0) return writeTable(`Answer ${status}`, fields);
  const type = schema === undefined ? '' : nameType(schema);
  return `**Answer ${status}**${said === '' ? '' : `: ${asText(said)}`}${type === '' ? '' : ` (${type})`}`;
}

function schemaOf(content: Record<string, { schema?: Schema }> | undefined): Schema | undefined {
  return Object.values(content ?? {})[0]?.schema;
}

/** Every field with its path; what is in a list is `[]`. */
function fieldsOf(schema: Schema, before = '', depth = 0): Field[] {
  if (schema.anyOf !== undefined && depth === 0 && schema.anyOf.some(isObject)) {
    return schema.anyOf.flatMap((one, at) => [
      ...(at === 0 ? [] : [{ name: '', type: '', there: '', meaning: '*or*' }]),
      ...fieldsOf(one, before, depth),
    ]);
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, one]) => {
    const path = `${before}${name}`;
    const field: Field = {
      name: path,
      type: nameType(one),
      there: schema.required?.includes(name) ? 'always' : 'optional',
      meaning: meaningOf(one),
    };
    const inner = innerOf(one);
    if (inner === null || depth > 3) return [field];
    return [field, ...fieldsOf(inner.schema, `${path}${inner.list ? '[]' : ''}.`, depth + 1)];
  });
}

function innerOf(schema: Schema): { schema: Schema; list: boolean } | null {
  const known = schema.anyOf?.find((one) => isObject(one) || one.type === 'array') ?? schema;
  if (known.properties !== undefined) return { schema: known, list: false };
  if (known.items !== undefined && isObject(known.items))
    return { schema: known.items, list: true };
  return null;
}

const isObject = (schema: Schema) => schema.properties !== undefined;

function nameType(schema: Schema): string {
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(nameType))].join(' or ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return schema.enum.map((one) => code(String(one))).join(', ');
  if (schema.type === 'array') return `list of ${nameType(schema.items ?? {})}`;
  if (schema.format === 'date-time') return 'time';
  if (schema.format !== undefined) return schema.format;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

function meaningOf(schema: Schema): string {
  const said =
    schema.description ?? schema.anyOf?.find(({ description }) => description)?.description;
  return [said, describeBounds(schema)]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

function describeBounds({ minimum, maximum, maxLength, maxItems, default: usual }: Schema): string {
  return [
    minimum !== undefined && maximum !== undefined ? `${minimum} to ${maximum}.` : '',
    maxLength === undefined ? '' : `At most ${maxLength} characters.`,
    maxItems === undefined ? '' : `At most ${maxItems}.`,
    usual === undefined ? '' : `Otherwise ${code(JSON.stringify(usual))}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function writeTable(title: string, fields: readonly Field[]): string {
  const rows = fields.map(({ name, type, there, meaning }) => {
    const cells = [name === '' ? '' : code(name), type, there, asText(meaning)];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  });
  return [
    `**${title}**`,
    '',
    '| name | type | there | meaning |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const code = (text: string) => `\`${text}\``;

/** Whatever would be an element of the page, or an expression in it, stands there as it is. */
function asText(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;').replaceAll('{', '&#123;');
}

function anchorOf(route: string): string {
  return route
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
