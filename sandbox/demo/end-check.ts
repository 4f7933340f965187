// Ends a program that has checked promises, with the exit code that says how it went.

const INTERRUPTED = 130;

/** null: it was interrupted before there was anything to judge. Work under way is not waited for. */
export function endCheck<Report extends { held: boolean }>(
  report: Report | null,
  say: (report: Report) => void,
): never {
  if (report === null) {
    process.stderr.write('Interrupted: nothing was judged.\n');
    process.exit(INTERRUPTED);
  }
  say(report);
  process.exit(report.held ? 0 : 1);
}
