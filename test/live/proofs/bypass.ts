/** Shows that a rule is there for a reason: does what it refuses, sees it break, and takes it back. */
import { stringify } from 'yaml';
import type { ProblemCode } from '../../../lib/problems/problem';
import type { Cluster } from '../cluster/cluster';
import type { CommandResult } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export interface Bypass {
  /** Code of the rule that refuses it in a fleet. */
  readonly rule: ProblemCode;
  /** What happens without the rule, as a sentence. */
  readonly breaks: string;
  /** What was seen to break; leaves everything as it found it. */
  readonly see: (stage: Stage) => Promise<string>;
}

export function proofOf({ rule, breaks, see }: Bypass): Proof {
  return { name: `without the rule ${rule}, ${breaks}`, prove: see };
}

/** A custom resource, or any other object, that no fleet yields. */
export type Unwanted = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

/** Applies an object, looks at what comes of it, and deletes it whatever that was. */
export async function withObject(cluster: Cluster, object: Unwanted, look: () => Promise<string>): Promise<string> {
  const { kubectl } = cluster;
  const input = stringify(object);
  await kubectl.apply(input);
  try {
    return await look();
  } finally {
    await kubectl.run(['delete', '--ignore-not-found', '-f', '-'], { input });
  }
}

/** Applies an object that the cluster must refuse; with which words it did. */
export async function refusal({ kubectl }: Cluster, object: unknown): Promise<string> {
  const apply = ['apply', '--server-side', '--force-conflicts', '--dry-run=server', '-f', '-'];
  const answer: CommandResult = await kubectl.tryRun(apply, { input: stringify(object) });
  expect(answer.code !== 0, `it was accepted: ${answer.stdout.trim()}`);
  return lastLine(answer.stderr);
}

/** Waits until the log of a container says something after now; the line that does. */
export function logged(
  cluster: Cluster,
  [namespace, workload, container]: readonly [string, string, string],
  pattern: RegExp,
): Promise<string> {
  const since = new Date(Date.now() - 5000).toISOString();
  return waitFor(
    `${pattern} in the log of ${container}`,
    async () => {
      const log = ['logs', '-n', namespace, workload, '-c', container, `--since-time=${since}`];
      const line = (await cluster.kubectl.run(log)).split('\n').find((text) => pattern.test(text));
      expect(line !== undefined, 'it does not say so');
      return (pattern.exec(line) ?? [''])[0];
    },
    { timeout: 60 },
  );
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
