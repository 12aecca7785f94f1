/** Renders an explanation as text. */
import { posix } from 'node:path';
import { goDuration } from '../formats/duration';
import { replaceControlCharacters } from '../problems/control-characters';
import type { FleetPath } from '../problems/problem';
import type { PodExplanation, Svid } from './identity';
import type { CallExplanation, Link, LinkName } from './link';

/** Returns the position of a path of the fleet, such as `fleet.yaml:12:5`. */
export type WhereIs = (path: FleetPath) => string;

/** How to name the places that an explanation refers to. */
export interface Sources {
  readonly whereIs: WhereIs;
  /** The output folder, as given on the command line. */
  readonly output: string;
}

const VERDICTS: Readonly<Record<CallExplanation['verdict'], string>> = {
  allowed: 'allowed',
  refused: 'refused',
  open: 'not refused by the fleet; a program or a partner decides',
};

const MARKS: Readonly<Record<Link['status'], string>> = { holds: '+', missing: '-', elsewhere: '?' };

const TITLES: Readonly<Record<LinkName, string>> = {
  'caller-identity': 'caller identity',
  'called-identity': 'callee identity',
  'caller-ca': 'caller CA',
  'called-ca': 'callee CA',
  service: 'Service',
  federation: 'federation',
  'caller-bundle': 'caller bundle',
  'called-bundle': 'callee bundle',
  host: 'host name',
  gateway: 'gateway',
  call: 'declaration',
  'caller-federates': 'federated SVID',
  'gateway-federates': 'federated gateway',
  proxy: 'proxy',
  route: 'route',
  admission: 'admission',
  policy: 'policy',
};

/**
 * Renders a call as lines of text: the verdict, then each link with its sources.
 * Only the last link can be a missing one. It comes with its remedy.
 */
export function renderCall(explanation: CallExplanation, sources: Sources): readonly string[] {
  const { caller, callerHome, called, calledHome, verdict, links } = explanation;
  const width = Math.max(...links.map(({ name }) => TITLES[name].length));
  return [
    `${caller} (${callerHome}) -> ${called} (${calledHome}): ${VERDICTS[verdict]}`,
    ...links.flatMap((link) => linkLines(link, width, sources)),
  ].map((line) => replaceControlCharacters(line));
}

function linkLines(
  { name, status, says, place, file, remedy }: Link,
  width: number,
  { whereIs, output }: Sources,
): readonly string[] {
  const sources = [
    ...(place === undefined ? [] : [whereIs(place)]),
    ...(file === undefined ? [] : [posix.join(output, file)]),
  ];
  const indent = ' '.repeat('  + '.length + width + '  '.length);
  return [
    `  ${MARKS[status]} ${TITLES[name].padEnd(width)}  ${says}`,
    ...(sources.length === 0 ? [] : [`${indent}${sources.join(', ')}`]),
    ...(status === 'missing' && remedy !== undefined ? [`${indent}hint: ${remedy}`] : []),
  ];
}

/** Renders a pod as lines of text: its SVID, or why it gets none. */
export function renderPod({ pod, svid, missing }: PodExplanation, { whereIs, output }: Sources): readonly string[] {
  const title = `${pod.name} in namespace ${pod.namespace} of ${pod.cluster}`;
  const lines =
    svid === undefined
      ? [`${title}: no SVID`, `  ${missing.says}`, `  hint: ${missing.remedy}`]
      : [
          `${title}: ${svid.spiffeId}`,
          `  rule       ClusterSPIFFEID ${svid.rule}, from ${whereIs(svid.place)}`,
          `             ${posix.join(output, svid.file)}`,
          ...(svid.dnsNames.length === 0 ? [] : [`  DNS names  ${svid.dnsNames.join(', ')}`]),
          ...lifetimes(svid),
          `  trusts     ${svid.trusts.join(', ')}`,
          `  used by    ${usedBy(pod)}`,
        ];
  return lines.map((line) => replaceControlCharacters(line));
}

function lifetimes({ x509SvidTtl, jwtSvidTtl }: Svid): readonly string[] {
  const all = [
    ...(x509SvidTtl === undefined ? [] : [`X.509-SVID ${goDuration(x509SvidTtl)}`]),
    ...(jwtSvidTtl === undefined ? [] : [`JWT-SVID ${goDuration(jwtSvidTtl)}`]),
  ];
  return all.length === 0 ? [] : [`  lifetimes  ${all.join(', ')}`];
}

function usedBy({ requester, condition }: PodExplanation['pod']): string {
  if (requester !== 'proxy') return 'the program, at the Workload API';
  return condition === undefined ? "Istio's proxy" : `Istio's proxy, ${condition}`;
}
