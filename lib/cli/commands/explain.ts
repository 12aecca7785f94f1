/** `cdk8s-spire explain`: shows which SVID a pod gets, or whether a call is possible and which link is the first to fail. */

import { explainCall } from '../../explain/call';
import { callEndpointNames, federatesFor, tryFindCallEndpoint } from '../../explain/call-endpoints';
import { explainPod } from '../../explain/identity';
import { readPodManifest } from '../../explain/pod-manifest';
import { findPods, type Pod, podOf, podsOf } from '../../explain/pods';
import type { AnswerParts } from '../../explain/relevant-problems';
import { renderCall, renderPod, type Sources } from '../../explain/render';
import { CSI_DRIVER } from '../../model/names';
import type { ResolvedFleet } from '../../model/resolved-fleet';
import { DEFAULT_FLEET, DEFAULT_OUTPUT } from '../../problems/commands';
import { renderEscapedJson, replaceControlCharacters } from '../../problems/control-characters';
import { describeProblem, renderProblems } from '../../problems/render';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { type LoadedExplainedFleet, loadExplainedFleet } from '../load-explained-fleet';
import { unknownName } from '../unknown-name';

interface ExplainOptions {
  /** A pod, or the caller where `called` is given; `-` reads the manifest of a pod from the standard input. */
  readonly name: string;
  readonly called?: string;
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  /** Path of the output folder, relative to the environment's folder. The answer names manifests in it. */
  readonly output: string;
  /** Cluster of the pod from the standard input. */
  readonly cluster?: string;
  readonly json: boolean;
}

export const addExplain: AddCommand = (program, runCommand) => {
  program
    .command('explain')
    .description('show which SVID a pod gets and why, or whether one workload can call another')
    .argument(
      '<pod>',
      'a workload, pod or gateway, such as bookinfo or cluster2/bookinfo/ratings-v1; - reads a Pod from standard input',
    )
    .argument('[called]', 'the workload that the first one calls')
    .option('-f, --fleet <file>', 'fleet file', DEFAULT_FLEET)
    .option('-o, --output <folder>', 'output folder', DEFAULT_OUTPUT)
    .option('--cluster <name>', 'cluster of the Pod on standard input')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action((name: string, called: string | undefined, options: Omit<ExplainOptions, 'name' | 'called'>) =>
      runCommand((environment) => explain({ name, called, ...options }, environment)),
    );
};

const HELP = `
The exit code is 1 if the pod gets no SVID or the call is not possible. Problems in other parts of the fleet do not
prevent an answer; they are printed on standard error.

Examples:
  $ npx cdk8s-spire explain curl-greeter bookinfo
  $ kubectl get pod NAME -n NAMESPACE -o yaml | npx cdk8s-spire explain - --cluster cluster1`;

/** Returns the exit code `problems` if a pod gets no SVID or a call is refused, so that scripts can use the result. */
async function explain(options: ExplainOptions, environment: Environment): Promise<ExitCode> {
  const loaded = loadExplainedFleet(options.fleet, environment);
  const { fleet, problems, source } = loaded;
  if (problems.length > 0) environment.printError(renderProblems(problems, source));
  if (fleet === undefined) {
    environment.printError('the fleet cannot be read, so nothing can be explained; correct it first');
    return EXIT.problems;
  }
  if (problems.length > 0)
    environment.printError('note: the fleet has problems; each answer lists those that it depends on');
  const question = { ...options, loaded, resolved: fleet };
  return options.called === undefined
    ? explainPods(question, environment)
    : explainOneCall({ ...question, called: options.called }, environment);
}

interface Question extends ExplainOptions {
  readonly loaded: LoadedExplainedFleet;
  readonly resolved: ResolvedFleet;
}

function explainOneCall(question: Question & { readonly called: string }, environment: Environment): ExitCode {
  const { name, called, json, resolved, loaded } = question;
  const [from, to] = [name, called].map((end) => tryFindCallEndpoint(resolved, end));
  if (from === undefined || to === undefined) {
    const unknown = from === undefined ? name : called;
    return refuseUnknown('workload', unknown, callEndpointNames(resolved), loaded, environment);
  }
  if (from.name === to.name) {
    environment.printError('the caller and the called workload are the same; name two workloads');
    return EXIT.usage;
  }
  const explanation = explainCall(resolved, from, to);
  const homes = new Set([from.home, to.home].flatMap((home) => [home, federatesFor(resolved.declarations, home)]));
  const faults = faultsOf(question, { homes, workloads: new Set([name, called]) });
  environment.print(
    json
      ? renderEscapedJson({ ...explanation, ...(faults.length > 0 && { faults }) })
      : [...renderCall(explanation, sourcesOf(question)), ...faultLines(faults)].join('\n'),
  );
  return explanation.verdict === 'refused' ? EXIT.problems : EXIT.ok;
}

async function explainPods(question: Question, environment: Environment): Promise<ExitCode> {
  const { name, json, resolved, loaded } = question;
  const pods = name === '-' ? await givenPod(question, environment) : findPods(resolved, name);
  if (!('length' in pods)) return pods.exitCode;
  if (pods.length === 0) {
    const known = resolved.clusters.flatMap(podsOf).flatMap((pod) => [pod.name, pod.workload ?? pod.name]);
    return refuseUnknown('pod or workload', name, [...new Set(known)].sort(), loaded, environment);
  }
  const answers = pods.flatMap((pod) => {
    const cluster = resolved.clusters.find((one) => one.name === pod.cluster);
    if (cluster === undefined) return [];
    const homes = new Set([cluster.name, federatesFor(resolved.declarations, cluster.name)]);
    const workloads = new Set(pod.workload === undefined ? [] : [pod.workload]);
    return [{ explanation: explainPod(pod, cluster), faults: faultsOf(question, { homes, workloads }) }];
  });
  const sources = sourcesOf(question);
  environment.print(
    json
      ? renderEscapedJson(
          answers.map(({ explanation, faults }) => ({ ...explanation, ...(faults.length > 0 && { faults }) })),
        )
      : answers
          .map(({ explanation, faults }) => [...renderPod(explanation, sources), ...faultLines(faults)].join('\n'))
          .join('\n\n'),
  );
  return answers.some(({ explanation }) => explanation.missing !== undefined) ? EXIT.problems : EXIT.ok;
}

/** Reports an unknown name. A workload that exists but has a fault gets another message. */
function refuseUnknown(
  what: string,
  name: string,
  known: readonly string[],
  { mentions }: LoadedExplainedFleet,
  { printError }: Environment,
): ExitCode {
  if (mentions(name)) {
    printError(`${replaceControlCharacters(name)} cannot be explained until its problems are solved`);
    return EXIT.problems;
  }
  printError(unknownName(what, name, known));
  return EXIT.usage;
}

function sourcesOf({ loaded, fleet, output }: Question): Sources {
  const whereIs: Sources['whereIs'] = (path) => {
    const { line, column } = loaded.source.locate({ path: loaded.writtenAt(path) });
    return `${fleet}:${line}:${column}`;
  };
  return { whereIs, output };
}

/** Each problem that an answer depends on, as `fleet.yaml:12:5: unknown-cluster`. */
function faultsOf({ loaded }: Question, parts: AnswerParts): readonly string[] {
  const all = loaded.touching(parts).map((problem) => {
    const { file, line, column, code } = describeProblem(problem, loaded.source);
    return `${file}:${line}:${column}: ${code}`;
  });
  return [...new Set(all)];
}

function faultLines(faults: readonly string[]): readonly string[] {
  return faults.map((fault) =>
    replaceControlCharacters(`  note: this answer depends on a part of the fleet with a problem: ${fault}`),
  );
}

/** The pod that `kubectl get pod … -o yaml` printed, or an exit code after its problem has been printed. */
async function givenPod(
  { cluster, resolved: fleet }: Question,
  { input, printError }: Environment,
): Promise<readonly Pod[] | { readonly exitCode: ExitCode }> {
  const names = fleet.clusters.map(({ name }) => name);
  const asked = cluster ?? (names.length === 1 ? names[0] : undefined);
  const found = fleet.clusters.find(({ name }) => name === asked);
  if (found === undefined) {
    printError(
      asked === undefined
        ? `give the cluster of the pod: --cluster ${names.join('|')}`
        : unknownName('cluster', asked, names),
    );
    return { exitCode: EXIT.usage };
  }
  const given = await input();
  if ('failure' in given) {
    printError(given.failure);
    return { exitCode: EXIT.usage };
  }
  const read = readPodManifest(given.text, CSI_DRIVER.driver);
  if ('problems' in read) {
    printError(renderProblems(read.problems, read.source));
    return { exitCode: EXIT.problems };
  }
  return [podOf(read.manifest, found)];
}
