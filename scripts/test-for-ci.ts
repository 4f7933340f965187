// `npm test`, then a second look, alone, at the few files that failed beside others (decision 82).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** More than this is no accident. */
const MOST_LOOKED_AT_AGAIN = 3;

interface Report {
  testResults: {
    name: string;
    status: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

const folder = mkdtempSync(join(tmpdir(), 'usher-tests-'));
try {
  process.exitCode = lookTwice(join(folder, 'report.json'));
} finally {
  rmSync(folder, { recursive: true });
}

function lookTwice(reportFile: string): number {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const first = runTests([...reporters, ...process.argv.slice(2)]);
  if (first === 0) return 0;
  const failed = readFailed(reportFile);
  // None of them: an error outside of every test, or a run that did not end.
  if (failed.length === 0 || failed.length > MOST_LOOKED_AT_AGAIN) return first;
  const second = runTests(['--maxWorkers=1', ...failed.map(({ file }) => file)]);
  if (second !== 0) return second;
  const lines = failed.flatMap(({ file, tests }) => [file, ...tests.map((test) => `  ${test}`)]);
  process.stdout.write(
    `\nUnsteady: failed beside others, passed alone. Each is a fault: find out whose.\n${lines.join('\n')}\n`,
  );
  return 0;
}

function runTests(more: readonly string[]): number {
  return spawnSync('npm', ['test', '--', ...more], { stdio: 'inherit' }).status ?? 1;
}

function readFailed(reportFile: string): { file: string; tests: string[] }[] {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8'));
  } catch {
    return [];
  }
  return report.testResults
    .filter(({ status }) => status === 'failed')
    .map(({ name, assertionResults }) => ({
      file: relative(process.cwd(), name),
      tests: assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => fullName),
    }));
}
