// The version of this Usher, as package.json has it.
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

export const version: string = JSON.parse(
  readFileSync(findPackageJSON(import.meta.url) ?? 'package.json', 'utf8'),
).version;
