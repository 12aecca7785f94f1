/** Calls the product page as the caller's container does, and tells whether the whole chain answered. */
import type { CommandResult } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect } from './proof';

/** What the page says of the two services that it asks; its own status is 200 whatever they answer. */
const COMPLETE = ['id="details" data-status="200"', 'id="reviews" data-status="200"'] as const;

/** Exit code of a shell that could not run a program, and of kubectl that did not get there. */
const NOT_RUN = new Set([1, 126, 127]);

/** Runs curl in the caller's container; throws where curl itself did not run. */
export async function curl(stage: Stage, ...args: readonly string[]): Promise<CommandResult> {
  const { caller } = stage.walkthrough;
  const command = ['curl', '--silent', '--show-error', '--max-time', '10', ...args];
  const result = await stage.findCluster(caller.cluster).kubectl.exec(caller, command, { timeout: 30 });
  expect(!NOT_RUN.has(result.code) && result.code !== 124, `curl did not run: ${result.stderr.trim()}`);
  return result;
}

/** Status code of a request, `000` where no answer came. */
export async function statusOf(stage: Stage, ...args: readonly string[]): Promise<string> {
  const { stdout } = await curl(stage, '--output', '/dev/null', '--write-out', '%{http_code}', ...args);
  return stdout.trim();
}

/** The page, with details and reviews of the services behind it; throws for any other answer. */
export async function fetchPage(stage: Stage): Promise<string> {
  const { stdout, stderr } = await curl(stage, '--write-out', '\n%{http_code}', stage.walkthrough.page);
  expect(stdout.endsWith('\n200') && COMPLETE.every((part) => stdout.includes(part)), `it is ${stdout || stderr}`);
  return stdout;
}

export function waitForPage(stage: Stage, timeout: number): Promise<string> {
  return waitFor('the product page with details and reviews', () => fetchPage(stage), { timeout });
}

/** A shell command that prints `200` for a whole page, and what came instead otherwise. */
export function pageCheck({ walkthrough: { page } }: Stage): string {
  const fetch = `answer=$(curl -sS --max-time 10 -w '\\n%{http_code}' ${page} 2>&1 | tr '\\n' ' ')`;
  const whole = `*'${COMPLETE[0]}'*'${COMPLETE[1]}'*' 200 '`;
  // The shell drops the line end that tr made a blank of, or does not.
  return `${fetch}; case "$answer " in ${whole}*) echo 200;; *) echo "failed: $answer";; esac`;
}
