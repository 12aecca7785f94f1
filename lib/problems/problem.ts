/** The code of every problem and the facts that its message needs. Wording and positions are elsewhere. */
import type { AgentProblemFacts } from './agent-facts';
import type { SharedKey, ShortPath, SigningFault, UnfederatedCall } from './facts';
import type { OutputFacts } from './output-facts';
import type { FleetPath, Place, Position } from './place';
import type { PluginProblemFacts } from './plugin-facts';
import type { ServerProblemFacts } from './server-facts';

export type { FleetPath, Place, Position };

/** The facts of each code. Codes are stable, since tests and other programs read them; the wording may change. */
export interface ProblemFacts extends AgentProblemFacts, OutputFacts, PluginProblemFacts, ServerProblemFacts {
  // Reading the file.
  'file-missing': {
    readonly what: string;
    readonly file: string;
    /** An existing file that was probably meant. */
    readonly meant?: string;
    /** The cluster for which the command `root` makes it. @default - no command makes it */
    readonly cluster?: string;
  };
  'file-unreadable': { readonly what: string; readonly file: string; readonly reason: string };
  'file-too-large': { readonly file: string; readonly bytes: number; readonly limit: number };
  'not-utf8': { readonly file: string; readonly offset: number };
  'invalid-yaml': { readonly reason: string };
  'duplicate-key': { readonly key: string };
  /** `limit` counts each use of an alias once for each use of the aliases around it. */
  'too-many-aliases': { readonly limit: number };
  'empty-fleet': Record<never, never>;

  // A Pod on the standard input.
  'not-a-pod': { readonly got: string };

  // The shape of the document.
  'unknown-key': {
    readonly key: string;
    readonly of: string;
    readonly known: readonly string[];
    readonly suggestion?: string;
    /** Place of the key in a map above this one, where it is valid. */
    readonly elsewhere?: string;
  };
  'renamed-key': { readonly key: string; readonly newKey: string };
  'missing-key': {
    readonly key: string;
    readonly of: string;
    /** A value of the key, in one line of YAML. @default - the hint shows no value */
    readonly example?: string;
  };
  'wrong-type': { readonly expected: string; readonly got: string; readonly hint: string };
  'unknown-value': { readonly got: string; readonly allowed: readonly string[]; readonly suggestion?: string };
  'out-of-range': { readonly expected: string; readonly got: string };
  malformed: { readonly what: string; readonly got: string; readonly reason: string; readonly example: string };
  'exclusive-keys': {
    readonly keys: readonly string[];
    readonly given: readonly string[];
    /** What to do, where it is more than keeping one of them. */
    readonly hint?: string;
  };
  'not-applicable': { readonly key: string; readonly because: string; readonly other?: FleetPath };

  // References between parts of the fleet.
  'unknown-cluster': {
    readonly got: string;
    readonly clusters: readonly string[];
    /** Names of the partners, where a partner is allowed as well. */
    readonly partners?: readonly string[];
    readonly suggestion?: string;
  };
  'unknown-workload': { readonly got: string; readonly workloads: readonly string[]; readonly suggestion?: string };
  'listed-twice': { readonly got: string; readonly first: FleetPath };
  'duplicate-trust-domain': {
    readonly trustDomain: string;
    /** A cluster or a partner. */
    readonly owner: string;
    readonly first: FleetPath;
    /** Whether both are clusters, so that one can be nested under the other. */
    readonly nestable: boolean;
  };
  'self-federation': { readonly cluster: string };
  'missing-bundle-endpoint': { readonly cluster: string; readonly peer: string; readonly link: FleetPath };
  'self-call': { readonly workload: string };
  'call-without-federation': UnfederatedCall;
  'call-without-host': { readonly called: string; readonly caller: string; readonly declared: FleetPath };
  'call-without-gateway': {
    readonly called: string;
    readonly cluster: string;
    readonly clusterAt: FleetPath;
    /** Whether the cluster runs Istio, without which it cannot have one. */
    readonly possible: boolean;
  };
  'call-without-service': { readonly called: string; readonly preset: boolean; readonly declared: FleetPath };
  'host-in-use': { readonly host: string; readonly other: string; readonly first: FleetPath };

  // Names, identities and addresses.
  'name-in-use': { readonly kind: string; readonly name: string; readonly cluster: string; readonly first: FleetPath };
  'reserved-name': { readonly name: string; readonly because: string };
  'name-taken': { readonly name: string; readonly because: string };
  'secret-shared': { readonly secret: string; readonly uses: readonly [string, string]; readonly first: FleetPath };
  'parent-project-same': { readonly project: string };
  'reserved-namespace': { readonly namespace: string; readonly owner: string; readonly effect: string };
  'credential-shared': { readonly host: string; readonly trustDomains: readonly string[] };
  'identity-shared': { readonly spiffeId: string; readonly other: string; readonly first: FleetPath };
  'pods-shared': { readonly other: string; readonly first: FleetPath };
  'mesh-label-taken': { readonly label: string; readonly value: string };
  'spiffe-id-not-istio': { readonly spiffeId: string; readonly wanted: string; readonly workload: string };
  'spiffe-id-too-long': { readonly spiffeId: string; readonly bytes: number };
  'foreign-spiffe-id': { readonly spiffeId: string; readonly trustDomain: string };
  'address-outside-pool': { readonly address: string; readonly pool: readonly string[]; readonly poolAt: FleetPath };
  'address-in-use': { readonly address: string; readonly first: FleetPath };
  'pool-overlap': { readonly range: string; readonly other: string; readonly first: FleetPath };
  'address-not-ip': { readonly address: string; readonly because: string };

  // Versions and combinations.
  'unsupported-version': { readonly component: string; readonly got: string; readonly supported: string };
  'version-skew': { readonly agent: string; readonly server: string; readonly rule: 'newer' | 'older' };
  'unsupported-pair': {
    readonly istio: string;
    readonly kubernetes: string;
    /** Minor of the oldest Kubernetes that this Istio runs on. */
    readonly oldestKubernetes: string;
    /** Minor of the newest Istio that runs on this Kubernetes. */
    readonly newestIstio: string;
  };
  'port-not-http': {
    readonly port: number;
    readonly protocol: string;
    /** Protocols that the mesh carries for this workload. With its own Service, a workload can use HTTP/2 as well. */
    readonly carried: 'HTTP' | 'HTTP/1.1';
  };
  'ambient-unsupported': Record<never, never>;
  'ttl-too-long': { readonly key: string; readonly got: string; readonly limit: string; readonly caTtl: string };

  // Trust material.
  'private-key-in-file': { readonly file: string };
  'invalid-root': { readonly file: string; readonly reason: string };
  'root-expired': { readonly file: string; readonly notAfter: string };
  'root-not-yet-valid': { readonly file: string; readonly notBefore: string };
  'root-not-ca': {
    readonly file: string;
    readonly subject: string;
    readonly issuer: string;
    readonly flaw: 'no-ca' | 'signed-by-another' | 'not-signed-by-itself';
  };
  'root-cannot-sign': SigningFault;
  'root-twice': { readonly file: string; readonly fingerprint: string };
  'root-signed-weakly': { readonly file: string; readonly algorithm: string };
  'root-path-short': ShortPath;
  'foreign-root': { readonly file: string; readonly belongsTo: string; readonly trustDomain: string };
  'shared-root': SharedKey & { readonly cluster: string; readonly first: FleetPath };
  'invalid-bundle': { readonly file: string; readonly reason: string };
  'unseeded-bundle': { readonly cluster: string };

  // Silent failures of a federation.
  'ended-yet-declared': { readonly trusting: string; readonly trusted: string; readonly declared: FleetPath };
  'one-way-federation': { readonly trusting: string; readonly trusted: string };
  'refresh-hint-too-long': {
    readonly refreshHint: string;
    readonly caTtl: string;
    /** A third of caTtl, in which peers must notice a new CA. */
    readonly budget: string;
    readonly fits: boolean;
  };
  'authority-ends-soon': { readonly fingerprint: string; readonly notAfter: string; readonly horizon: string };
  'root-ends-before-ca': { readonly notAfter: string; readonly caTtl: string };
  'short-lived-pin': { readonly life: string };
  'kubelet-unverified': {
    /** Whose kubelets have self-signed certificates. Absent where the cluster itself turns verification off. */
    readonly platform?: string;
  };
  'web-certificate-impossible': { readonly host: string; readonly what: string };
  'webhook-can-block': Record<never, never>;
  'istio-too-old-to-federate': {
    readonly version: string;
    readonly since: string;
    /** Present if no Istio from `since` on runs on the cluster's Kubernetes. */
    readonly kubernetes?: { readonly runs: string; readonly needed: string };
  };
  'full-mesh-too-large': { readonly members: number; readonly links: number };

  // Changes that a running fleet cannot make in one step.
  'trust-domain-renamed': { readonly from: string; readonly to: string };
  'former-trust-domain-in-use': { readonly trustDomain: string; readonly owner: string; readonly first: FleetPath };
  'former-trust-domain-same': { readonly trustDomain: string };
  'spire-version-jump': {
    readonly component: string;
    readonly from: string;
    readonly to: string;
    readonly via: string;
  };
  'spire-downgrade': { readonly from: string; readonly to: string };
  'istio-version-jump': { readonly from: string; readonly to: string; readonly via: string };
  'istio-downgrade': {
    readonly from: string;
    readonly to: string;
    /** The version to upgrade to first. Absent if there is none. */
    readonly via?: string;
  };
  'server-moved': { readonly from: string; readonly to: string };
  'volume-changed': { readonly from: string; readonly to: string };
  'federation-ended': { readonly peer: string; readonly trustDomain: string };
  'pin-ignored': { readonly peer: string; readonly trustDomain: string };
  'pin-overwrites': { readonly cluster: string; readonly peer: string; readonly changed: 'URL' | 'profile' };
  'root-replaced': { readonly cluster: string; readonly trustDomain: string };
  'cluster-removed': { readonly cluster: string; readonly trustDomain: string };

  // Clusters that are nested under another one.
  'nested-in-federation': { readonly cluster: string; readonly upper: string };
  'nested-upper-unfit': {
    readonly cluster: string;
    readonly upper: string;
    readonly lacks:
      | 'a trust domain of its own'
      | 'the same trust domain'
      | 'a root'
      | 'serverApi'
      | 'a CA that may sign CAs';
    readonly upperAt: FleetPath;
  };
  'nested-ca-too-long': { readonly caTtl: string; readonly upper: string; readonly upperCaTtl: string };
  'nested-root-shared': SharedKey & { readonly owner: string; readonly ofNestedServers?: true };

  // Waivers.
  'waiver-refused': { readonly rule: string };
  'waiver-unused': { readonly rule: string };
}

export type ProblemCode = keyof ProblemFacts;

/** `error` stops the synthesis; `warning` is printed and goes on. */
export type Severity = 'error' | 'warning';

export interface ProblemOf<Code extends ProblemCode> {
  readonly code: Code;
  readonly severity: Severity;
  readonly place: Place;
  readonly facts: ProblemFacts[Code];
}

/** One thing wrong with a fleet, as plain data. */
export type Problem = { [Code in ProblemCode]: ProblemOf<Code> }[ProblemCode];

/** Whether a problem stops the synthesis. */
export function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

/** Collects a problem. The caller continues after it, so that one run finds all problems. */
export type Report = (problem: Problem) => void;

/** A problem at the value found at `path`. */
export function problemAt<Code extends ProblemCode>(path: FleetPath, code: Code, facts: ProblemFacts[Code]): Problem {
  return problem({ path }, code, facts);
}

/** A problem at the key that ends `path`. */
export function problemAtKey<Code extends ProblemCode>(
  path: FleetPath,
  code: Code,
  facts: ProblemFacts[Code],
): Problem {
  return problem({ path, on: 'key' }, code, facts);
}

/** A warning at the value found at `path`. */
export function warningAt<Code extends ProblemCode>(path: FleetPath, code: Code, facts: ProblemFacts[Code]): Problem {
  return warning({ path }, code, facts);
}

/** A warning at any place. */
export function warning<Code extends ProblemCode>(place: Place, code: Code, facts: ProblemFacts[Code]): Problem {
  return { ...problem(place, code, facts), severity: 'warning' } as Problem;
}

/** A problem at any place. */
export function problem<Code extends ProblemCode>(place: Place, code: Code, facts: ProblemFacts[Code]): Problem {
  // The compiler cannot infer that a generic code and its facts form a member of the union.
  return { code, severity: 'error', place, facts } as ProblemOf<Code> as Problem;
}
