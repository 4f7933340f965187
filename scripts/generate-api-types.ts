// Prints the back office's types of the API from openapi.json, in the shape that openapi-fetch reads.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  parameters?: { in: string; name: string; required?: boolean; schema?: Schema }[];
  requestBody?: { required?: boolean; content: Content };
  responses?: Record<string, { content?: Content }>;
}
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
}

const NAME = /^[A-Za-z_$][\w$]*$/;
const HEAD = '// The API as openapi.json has it. Written by `npm run generate`; do not edit.\n';

export function printApiTypes(document: OpenApi): string {
  const paths = Object.entries(document.paths).map(([path, methods]) => {
    const operations = Object.entries(methods).map(
      ([method, operation]) => `    ${method}: ${printOperation(operation)};\n`,
    );
    return `  ${quote(path)}: {\n    parameters: { query?: never; header?: never; path?: never; cookie?: never };\n${operations.join('')}  };\n`;
  });
  return `${HEAD}\nexport interface paths {\n${paths.join('')}}\n`;
}

function printOperation({ parameters = [], requestBody, responses = {} }: Operation): string {
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const fields = parameters.filter((parameter) => parameter.in === place);
    if (fields.length === 0) return `${place}?: never`;
    const optional = fields.every(({ required }) => required !== true) ? '?' : '';
    const printed = fields.map(({ name, required, schema }) =>
      printField(name, schema ?? {}, required === true),
    );
    return `${place}${optional}: { ${printed.join('; ')} }`;
  });
  const body =
    requestBody === undefined
      ? 'requestBody?: never'
      : `requestBody${requestBody.required === true ? '' : '?'}: { content: ${printContent(requestBody.content)} }`;
  const answers = Object.entries(responses).map(([status, { content }]) => {
    const printed = content === undefined ? 'content?: never' : `content: ${printContent(content)}`;
    return `${quote(status)}: { headers: { [name: string]: unknown }; ${printed} }`;
  });
  const numbered = answers.join('; ').replaceAll(/'(\d{3})': /g, '$1: ');
  return `{\n      parameters: { ${places.join('; ')} };\n      ${body};\n      responses: { ${numbered} };\n    }`;
}

function printContent(content: Content): string {
  const kinds = Object.entries(content).map(
    ([type, { schema }]) => `${quote(type)}: ${printType(schema ?? {})}`,
  );
  return `{ ${kinds.join('; ')} }`;
}

export function printType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((one) => wrap(printType(one))).join(' | ');
  if (schema.allOf !== undefined) {
    return schema.allOf.map((one) => wrap(printType(one))).join(' & ');
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => wrap(printType({ ...schema, type }))).join(' | ');
  }
  if (schema.type === 'array') return `${wrap(printType(schema.items ?? {}))}[]`;
  if (schema.type === 'object' || schema.properties !== undefined) return printObject(schema);
  if (schema.format === 'binary') return 'Blob';
  const plain: Record<string, string> = {
    string: 'string',
    integer: 'number',
    number: 'number',
    boolean: 'boolean',
    null: 'null',
  };
  return plain[schema.type ?? ''] ?? 'unknown';
}

function printObject({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(([name, field]) =>
    printField(name, field, required.includes(name)),
  );
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  if (typeof additionalProperties !== 'object') return 'Record<string, unknown>';
  return `Record<string, ${printType(additionalProperties)}>`;
}

function printField(name: string, schema: Schema, required: boolean): string {
  const key = NAME.test(name) ? name : quote(name);
  return `${key}${required ? '' : '?'}: ${printType(schema)}${required ? '' : ' | undefined'}`;
}

/** In brackets, if it is a choice at its outermost level. */
function wrap(type: string): string {
  let depth = 0;
  for (const sign of type) {
    if (sign === '{' || sign === '(') depth += 1;
    else if (sign === '}' || sign === ')') depth -= 1;
    else if ((sign === '|' || sign === '&') && depth === 0) return `(${type})`;
  }
  return type;
}

function quote(text: string): string {
  return `'${text}'`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const document = JSON.parse(await readFile('openapi.json', 'utf8')) as OpenApi;
  await writeFile('web/api/schema.ts', printApiTypes(document));
}
