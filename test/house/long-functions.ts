// The functions of our files that are longer than a reader bears. A list of routes may be longer, its handlers may not.
import { join } from 'node:path';
import type { Node } from 'typescript/unstable/ast';
import {
  isArrowFunction,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAccessExpression,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

export const MOST_LINES = 50;

const VERBS = ['get', 'post', 'put', 'patch', 'delete'];

/** As `file: lines`. `files`: below the folder of the project. */
export function findLongFunctions(folder: string, files: readonly string[]): string[] {
  const api = new API({ cwd: folder });
  try {
    const config = join(folder, 'tsconfig.json');
    const project = api.updateSnapshot({ openProject: config }).getProject(config);
    if (project === undefined) throw new Error(`${config} is no project.`);
    return files.flatMap((file) => {
      const source = project.program.getSourceFile(join(folder, file));
      if (source === undefined) throw new Error(`${file} is not in ${config}.`);
      const lines = (node: Node) => countLines(source.text.slice(node.pos, node.end));
      return readLengths(source, lines)
        .filter((length) => length > MOST_LINES)
        .map((length) => `${file}: ${length}`);
    });
  } finally {
    api.close();
  }
}

/** Of code, as the linter counts: without braces around it, empty lines, and those with a comment alone. */
function countLines(text: string): number {
  const inside = text.trim().replace(/^\{|\}$/g, '');
  return inside.split('\n').filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length;
}

/** Of each function; and of each route, with its schema. */
function readLengths(source: Node, lines: (node: Node) => number): number[] {
  const found: number[] = [];
  const visit = (node: Node): void => {
    const body = bodyOf(node);
    if (body !== undefined) found.push(lines(body) - linesOfRoutes(body, lines));
    if (isRoute(node)) found.push(lines(node));
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function bodyOf(node: Node): Node | undefined {
  const isFunction =
    isArrowFunction(node) ||
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isMethodDeclaration(node);
  return isFunction ? node.body : undefined;
}

function linesOfRoutes(body: Node, lines: (node: Node) => number): number {
  if (!isBlock(body)) return 0;
  return body.statements.filter(isRoute).reduce((sum, route) => sum + lines(route), 0);
}

/** `app.get(…)`, as a statement of its own. */
function isRoute(node: Node): boolean {
  if (!isExpressionStatement(node) || !isCallExpression(node.expression)) return false;
  const called = node.expression.expression;
  if (!isPropertyAccessExpression(called) || !isIdentifier(called.expression)) return false;
  return called.expression.text === 'app' && VERBS.includes(called.name.text);
}
