#!/usr/bin/env node
// The command of the installed package: runs Usher on this Node, or on the newer one that comes with it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

const NEEDED = 24;

if (Number.parseInt(process.versions.node, 10) >= NEEDED) {
  await import('../dist/src/cli/usher.js');
} else {
  runOn(findNode());
}

/** @param {string} node */
function runOn(node) {
  // The same words, so that messages spell the command as it was typed.
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; whoever stops a service tells this process alone.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => void child.kill(signal));
  }
  child.on('error', () => refuse());
  child.on('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

function findNode() {
  try {
    const require = createRequire(import.meta.url);
    const { version } = require('node/package.json');
    if (Number.parseInt(version, 10) >= NEEDED) return require.resolve('node/bin/node');
  } catch {
    // Its install script was not allowed to fetch it.
  }
  return refuse();
}

/** @returns {never} */
function refuse() {
  process.stderr.write(
    `Usher runs on Node ${NEEDED} or later, and this is ${process.versions.node}. Install a newer Node, or let npm run the install script of the package "node", which brings one.\n`,
  );
  process.exit(1);
}
