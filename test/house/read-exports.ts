// The exported functions of our files, with the members of what they return, as TypeScript understands them.
import { join } from 'node:path';
import { type FunctionDeclaration, SyntaxKind } from 'typescript/unstable/ast';
import { isFunctionDeclaration } from 'typescript/unstable/ast/is';
import { API, type Checker, SignatureKind, type Type } from 'typescript/unstable/sync';

export interface Exported {
  file: string;
  name: string;
  /** Of the value itself: inside a promise, a list, and each member of a union. */
  members: string[];
}

/** `files`: below the folder of the project. */
export function readExports(folder: string, files: readonly string[]): Exported[] {
  const api = new API({ cwd: folder });
  try {
    const config = join(folder, 'tsconfig.json');
    const project = api.updateSnapshot({ openProject: config }).getProject(config);
    if (project === undefined) throw new Error(`${config} is no project.`);
    return files.flatMap((file) => {
      const source = project.program.getSourceFile(join(folder, file));
      if (source === undefined) throw new Error(`${file} is not in ${config}.`);
      const found: Exported[] = [];
      source.forEachChild((node) => {
        if (!isFunctionDeclaration(node) || !isExported(node) || node.name === undefined) return;
        const members = membersOf(returned(node, project.checker), project.checker);
        found.push({ file, name: node.name.text, members });
      });
      return found;
    });
  } finally {
    api.close();
  }
}

const isExported = (node: FunctionDeclaration): boolean =>
  node.modifiers?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) ?? false;

function returned(node: FunctionDeclaration, checker: Checker): Type {
  const type = checker.getTypeAtLocation(node.name as NonNullable<typeof node.name>);
  const [signature] = checker.getSignaturesOfType(type as Type, SignatureKind.Call);
  return checker.getReturnTypeOfSignature(signature as NonNullable<typeof signature>) as Type;
}

function membersOf(type: Type, checker: Checker): string[] {
  if (type.isUnionType()) return type.getTypes().flatMap((one) => membersOf(one, checker));
  const isInside = checker.isArrayType(type) || checker.typeToString(type).startsWith('Promise<');
  const [inside] = isInside ? checker.getTypeArguments(type as never) : [];
  if (inside !== undefined) return membersOf(inside, checker);
  return checker.getPropertiesOfType(type).map(({ name }) => name);
}
