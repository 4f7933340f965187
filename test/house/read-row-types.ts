// The row types of the statements in src/store, as TypeScript understands them, by the names of the statements.
import { join } from 'node:path';
import type { CallExpression, Node } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
} from 'typescript/unstable/ast/is';
import { API, type Checker, type Type, TypeFlags } from 'typescript/unstable/sync';

export interface Property {
  name: string;
  /** null: anything, as JSON is. */
  type: string | null;
  isNullable: boolean;
  isOptional: boolean;
}

export interface RowType {
  /** Whether a statement of this name is written there. */
  names: RegExp;
  /** Where, for whoever mends it. */
  at: string;
  properties: Property[];
}

/** `files`: below the folder of the project. A call that says too little is told by an error. */
export function readRowTypes(folder: string, files: readonly string[]): RowType[] {
  const api = new API({ cwd: folder });
  try {
    const config = join(folder, 'tsconfig.json');
    const project = api.updateSnapshot({ openProject: config }).getProject(config);
    if (project === undefined) throw new Error(`${config} is no project.`);
    return files.flatMap((file) => {
      const source = project.program.getSourceFile(join(folder, file));
      if (source === undefined) throw new Error(`${file} is not in ${config}.`);
      return findCalls(source, 'statement').map((call) => readCall(call, project.checker, file));
    });
  } finally {
    api.close();
  }
}

function findCalls(node: Node, name: string): CallExpression[] {
  const found: CallExpression[] = [];
  const visit = (one: Node): void => {
    if (isCallExpression(one) && isIdentifier(one.expression) && one.expression.text === name)
      found.push(one);
    one.forEachChild(visit);
  };
  visit(node);
  return found;
}

function readCall(call: CallExpression, checker: Checker, file: string): RowType {
  const [name] = call.arguments;
  const [row] = call.typeArguments ?? [];
  if (name === undefined || row === undefined)
    throw new Error(`${file}: a statement has no row type. Write statement<Row>(…).`);
  const type = checker.getTypeFromTypeNode(row);
  if (type === undefined) throw new Error(`${file}: the row type is not known.`);
  return {
    names: patternOf(name, checker, file),
    at: file,
    properties: propertiesOf(type, checker),
  };
}

function patternOf(name: Node, checker: Checker, file: string): RegExp {
  if (isStringLiteral(name) || isNoSubstitutionTemplateLiteral(name))
    return new RegExp(`^${name.text}$`);
  if (!isTemplateExpression(name))
    throw new Error(
      `${file}: a statement is named by a variable. Write its name as a literal or a template.`,
    );
  const rest = name.templateSpans.map(({ expression, literal }) => {
    return `${valuesOf(checker.getTypeAtLocation(expression))}${literal.text}`;
  });
  return new RegExp(`^${name.head.text}${rest.join('')}$`);
}

/** What may stand there, where the type lists it. */
function valuesOf(type: Type | undefined): string {
  const all = type === undefined ? [] : membersOf(type);
  const values = all.flatMap((one) => (one.isLiteralType() ? [one.value] : []));
  return values.length > 0 && values.length === all.length ? `(${values.join('|')})` : '.*';
}

function propertiesOf(type: Type, checker: Checker): Property[] {
  if ((type.flags & TypeFlags.Never) !== 0) return [];
  return checker.getPropertiesOfType(type).map((symbol) => {
    const all = membersOf(checker.getTypeOfSymbol(symbol) as Type);
    const some = all.filter(({ flags }) => (flags & (TypeFlags.Null | TypeFlags.Undefined)) === 0);
    const kinds = new Set(some.map((one) => kindOf(one, checker)));
    return {
      name: symbol.name,
      type: kinds.size === 1 ? ([...kinds][0] as string | null) : [...kinds].join(' | '),
      isNullable: all.some(({ flags }) => (flags & TypeFlags.Null) !== 0),
      isOptional: all.some(({ flags }) => (flags & TypeFlags.Undefined) !== 0),
    };
  });
}

const membersOf = (type: Type): readonly Type[] => (type.isUnionType() ? type.getTypes() : [type]);

function kindOf(type: Type, checker: Checker): string | null {
  if (type.isIntersectionType()) return kindOf(type.getTypes()[0] as Type, checker);
  if ((type.flags & TypeFlags.StringLike) !== 0) return 'string';
  if ((type.flags & TypeFlags.NumberLike) !== 0) return 'number';
  if ((type.flags & TypeFlags.BooleanLike) !== 0) return 'boolean';
  if ((type.flags & (TypeFlags.Unknown | TypeFlags.Any)) !== 0) return null;
  const written = checker.typeToString(type);
  if (written === 'Date') return written;
  if (written.startsWith('Buffer')) return 'Buffer';
  if (!checker.isArrayType(type)) return 'object';
  const [element] = checker.getTypeArguments(type as never);
  const kinds = new Set(membersOf(element as Type).map((one) => kindOf(one, checker)));
  return `${[...kinds].join(' | ')}[]`;
}
