/** `cdk8s-spire explain`: which SVID a pod gets, or whether one workload reaches another and what the first missing link is. */

import { explainCall } from '../../explain/call';
import { type ExplainedFleet, endNames, endOf } from '../../explain/ends';
import { explainPod, type PodExplanation } from '../../explain/identity';
import { findPods, type Pod, podsOf, readPod } from '../../explain/pods';
import { renderCall, renderPod, type WhereIs } from '../../explain/render';
import { loadFleet } from '../../fleet/load';
import { resolve } from '../../model/resolve';
import { renderProblems } from '../../problems/render';
import type { AddCommand } from '../command';
import { type Environment, EXIT, type ExitCode } from '../environment';
import { unknownName } from '../unknown-name';

interface ExplainOptions {
  /** A pod, or the caller where `called` is given; `-` reads the manifest of a pod from the standard input. */
  readonly name: string;
  readonly called?: string;
  /** Path of the fleet file, relative to the environment's folder. */
  readonly fleet: string;
  /** Cluster of the pod from the standard input. */
  readonly cluster?: string;
  readonly json: boolean;
}

export const addExplain: AddCommand = (program, answer) => {
  program
    .command('explain')
    .description('says which SVID a pod gets and from which rule, or whether one workload reaches another')
    .argument(
      '<pod>',
      'a workload, pod or gateway, as bookinfo or cluster2/bookinfo/ratings-v1; - reads a Pod from standard input',
    )
    .argument('[called]', 'a workload: explains the call of the first to this one')
    .option('-f, --fleet <file>', 'fleet file', 'fleet.yaml')
    .option('--cluster <name>', 'cluster of the Pod from standard input')
    .option('--json', 'answer in JSON', false)
    .addHelpText('after', HELP)
    .action((name: string, called: string | undefined, options: Omit<ExplainOptions, 'name' | 'called'>) =>
      answer((environment) => explain({ name, called, ...options }, environment)),
    );
};

const HELP = `
Ends with 1 where there is no SVID or no way.

Examples:
  $ npx cdk8s-spire explain curl-greeter bookinfo
  $ kubectl get pod NAME -n NAMESPACE -o yaml | npx cdk8s-spire explain - --cluster cluster1`;

/** Ends with `problems` where a pod gets no SVID or a call is refused, so that scripts can ask. */
function explain(options: ExplainOptions, environment: Environment): ExitCode {
  const { fleet: written, problems: loadProblems, source, readTrustFile } = loadFleet(options.fleet, environment.cwd);
  if (written === undefined) {
    environment.complain(renderProblems(loadProblems, source));
    return EXIT.problems;
  }
  const { fleet, problems } = resolve(written, {
    readTrustFile,
    now: environment.now,
    verified: environment.roots,
  });
  if (fleet === undefined) {
    environment.complain(renderProblems(problems, source));
    environment.complain('a fleet with problems has no answers; its first missing links are these');
    return EXIT.problems;
  }
  const explained = { fleet, written };
  const whereIs: WhereIs = (path) => {
    const { line, column } = source.locate({ path });
    return `${options.fleet}:${line}:${column}`;
  };
  return options.called === undefined
    ? explainPods(options, explained, whereIs, environment)
    : explainOneCall({ ...options, called: options.called }, explained, whereIs, environment);
}

function explainOneCall(
  { name, called, json }: ExplainOptions & { readonly called: string },
  explained: ExplainedFleet,
  whereIs: WhereIs,
  { print, complain }: Environment,
): ExitCode {
  const names = endNames(explained);
  const ends = [name, called].map((end) => endOf(explained, end));
  const [from, to] = ends;
  if (from === undefined || to === undefined) {
    complain(unknownName('workload', from === undefined ? name : called, names));
    return EXIT.usage;
  }
  if (from.name === to.name) {
    complain('a workload reaches itself without any of this; name two');
    return EXIT.usage;
  }
  const explanation = explainCall(explained, from, to);
  print(json ? JSON.stringify(explanation, undefined, 2) : renderCall(explanation, whereIs).join('\n'));
  return explanation.verdict === 'refused' ? EXIT.problems : EXIT.ok;
}

function explainPods(
  options: ExplainOptions,
  explained: ExplainedFleet,
  whereIs: WhereIs,
  environment: Environment,
): ExitCode {
  const { print, complain } = environment;
  const pods =
    options.name === '-' ? givenPod(options, explained, environment) : findPods(explained.fleet, options.name);
  if (pods === undefined) {
    return EXIT.usage;
  }
  if (pods.length === 0) {
    const names = explained.fleet.clusters.flatMap(podsOf).flatMap(({ name, workload }) => [name, workload ?? name]);
    complain(unknownName('pod or workload', options.name, [...new Set(names)].sort()));
    return EXIT.usage;
  }
  const explanations = pods.flatMap((pod): readonly PodExplanation[] => {
    const cluster = explained.fleet.clusters.find(({ name }) => name === pod.cluster);
    return cluster === undefined ? [] : [explainPod(pod, cluster)];
  });
  print(
    options.json
      ? JSON.stringify(explanations, undefined, 2)
      : explanations.map((explanation) => renderPod(explanation, whereIs).join('\n')).join('\n\n'),
  );
  return explanations.some(({ missing }) => missing !== undefined) ? EXIT.problems : EXIT.ok;
}

/** The pod that `kubectl get pod … -o yaml` printed; undefined after saying what is wrong with it. */
function givenPod(
  { cluster }: ExplainOptions,
  { fleet }: ExplainedFleet,
  { input, complain }: Environment,
): readonly Pod[] | undefined {
  const names = fleet.clusters.map(({ name }) => name);
  const found = cluster ?? (names.length === 1 ? names[0] : undefined);
  if (found === undefined || !names.includes(found)) {
    complain(
      found === undefined
        ? `name the pod's cluster: --cluster ${names.join('|')}`
        : unknownName('cluster', found, names),
    );
    return undefined;
  }
  const pod = readPod(input(), found);
  if (pod === undefined) {
    complain('the standard input holds no Pod; pipe the output of: kubectl get pod NAME -n NAMESPACE -o yaml');
    return undefined;
  }
  return [pod];
}
