/** Holds the wording of every problem: one sentence and one thing to do, in the words of the fleet file. */
import type { FleetPath, Problem, ProblemCode, ProblemFacts } from './problem';

/** A problem in words. */
export interface Message {
  /** What is wrong: lower case, no full stop. */
  readonly sentence: string;
  /** The one thing to do about it. */
  readonly hint: string;
}

/** Says where another place of the fleet is, as `line:column`. */
export type WhereIs = (path: FleetPath) => string;

type Wording = { readonly [Code in ProblemCode]: (facts: ProblemFacts[Code], whereIs: WhereIs) => Message };

/** Longer values are cut; the source line shows where they stand. */
const MAX_QUOTED = 200;
/** A list of hundreds of names helps nobody. */
const MAX_LISTED = 10;

const quoted = (text: string): string =>
  JSON.stringify(text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text);
const listed = (items: readonly string[], show: (item: string) => string = (item) => item): string => {
  const shown = items.slice(0, MAX_LISTED).map(show);
  const rest = items.length - shown.length;
  return items.length === 0 ? 'none' : [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
};
const either = (items: readonly string[]): string => items.map(quoted).join(' or ');
const meant = (suggestion: string | undefined, otherwise: string): string =>
  suggestion === undefined ? otherwise : `did you mean ${quoted(suggestion)}?`;

const wording: Wording = {
  'file-missing': ({ what, file }) => ({
    sentence: `${what} ${quoted(file)} does not exist`,
    hint:
      what === 'the root certificate'
        ? 'make one with: npx cdk8s-spire root'
        : 'check the path; it is relative to the fleet file',
  }),
  'file-unreadable': ({ what, file, reason }) => ({
    sentence: `${what} ${quoted(file)} cannot be read: ${reason}`,
    hint: 'name a regular file that you may read',
  }),
  'file-too-large': ({ file, bytes, limit }) => ({
    sentence: `${quoted(file)} is ${bytes} bytes, more than the limit of ${limit}`,
    hint: 'check that this is the file you mean',
  }),
  'not-utf8': ({ file, offset }) => ({
    sentence: `${quoted(file)} is not UTF-8: byte ${offset} cannot be decoded`,
    hint: 'save the file as UTF-8',
  }),
  'invalid-yaml': ({ reason }) => ({
    sentence: reason,
    hint: 'correct the YAML here; nothing after this point was read',
  }),
  'duplicate-key': ({ key }) => ({
    sentence: `${quoted(key)} stands twice in this map`,
    hint: 'keep one of the two; YAML readers differ on which one counts',
  }),
  'too-many-aliases': ({ limit }) => ({
    sentence: `the aliases of this document multiply to more than ${limit} uses`,
    hint: 'write the values out instead of nesting aliases',
  }),
  'empty-fleet': () => ({
    sentence: 'the file holds no fleet',
    hint: 'start with a name and a cluster: copy the fleet.yaml of the README',
  }),

  'unknown-key': ({ key, of, known, suggestion }) => ({
    sentence: `${quoted(key)} is not a key of ${of}`,
    hint: meant(suggestion, `keys of ${of}: ${listed(known)}`),
  }),
  'missing-key': ({ key, of }) => ({ sentence: `${of} needs the key ${quoted(key)}`, hint: `add ${key}:` }),
  'wrong-type': ({ expected, got, hint }) => ({ sentence: `expected ${expected}, got ${got}`, hint }),
  'unknown-value': ({ got, allowed, suggestion }) => ({
    sentence: `${got} is not one of ${either(allowed)}`,
    hint: meant(suggestion, `write ${either(allowed)}`),
  }),
  'out-of-range': ({ expected, got }) => ({ sentence: `expected ${expected}, got ${got}`, hint: `write ${expected}` }),
  malformed: ({ what, got, reason, example }) => ({
    sentence: `${quoted(got)} is not ${what}: ${reason}`,
    hint: `write it like ${quoted(example)}`,
  }),
  'exclusive-keys': ({ keys, given }) =>
    given.length === 0
      ? { sentence: `one of ${either(keys)} is needed`, hint: `add one of them: ${listed(keys)}` }
      : { sentence: `${given.map(quoted).join(' and ')} exclude each other`, hint: `keep one of them` },
  'not-applicable': ({ key, because, other }, whereIs) => ({
    sentence: `${quoted(key)} is not applicable: ${because}${other === undefined ? '' : ` (${whereIs(other)})`}`,
    hint: `remove ${key}`,
  }),

  'unknown-cluster': ({ got, clusters, suggestion }, whereIs) => ({
    sentence: `no cluster is named ${quoted(got)}`,
    hint: meant(
      suggestion,
      `clusters of this fleet: ${listed(clusters, (name) => `${name} (${whereIs(['clusters', name])})`)}`,
    ),
  }),
  'unknown-workload': ({ got, workloads, suggestion }, whereIs) => ({
    sentence: `no workload is named ${quoted(got)}`,
    hint: meant(
      suggestion,
      `workloads of this fleet: ${listed(workloads, (name) => `${name} (${whereIs(['workloads', name])})`)}`,
    ),
  }),
  'listed-twice': ({ got, first }, whereIs) => ({
    sentence: `${quoted(got)} is listed already (${whereIs(first)})`,
    hint: 'remove one of the two',
  }),
  'duplicate-trust-domain': ({ trustDomain, cluster, first }, whereIs) => ({
    sentence: `${quoted(trustDomain)} is also the trust domain of ${quoted(cluster)} (${whereIs(first)})`,
    hint: 'each cluster has a SPIRE server of its own, and two servers of one name cannot verify each other; rename one',
  }),
  'self-federation': ({ cluster }) => ({
    sentence: `${quoted(cluster)} is linked with itself`,
    hint: 'a SPIRE server cannot federate with its own trust domain; name two different clusters',
  }),
  'missing-bundle-endpoint': ({ cluster, peer, link }, whereIs) => ({
    sentence: `${quoted(cluster)} federates with ${quoted(peer)} (${whereIs(link)}) but has no bundle endpoint that ${quoted(peer)} could poll`,
    hint: 'add bundleEndpoint: { address: … }, the address at which peers reach its SPIRE server',
  }),
  'self-call': ({ workload }) => ({ sentence: `${quoted(workload)} calls itself`, hint: 'remove it from calls' }),
  'call-without-federation': ({ caller, called, callerCluster, calledCluster }) => ({
    sentence: `${quoted(caller)} on ${quoted(callerCluster)} calls ${quoted(called)} on ${quoted(calledCluster)}, and the two clusters are not federated`,
    hint: `add under federation: - between: [${callerCluster}, ${calledCluster}]`,
  }),
  'call-without-host': ({ called, caller, declared }, whereIs) => ({
    sentence: `${quoted(called)} (${whereIs(declared)}) has no host under which ${quoted(caller)} could call it from another cluster`,
    hint: `add host: to ${called}, such as ${called}.example.org`,
  }),
  'call-without-gateway': ({ called, cluster, clusterAt }, whereIs) => ({
    sentence: `${quoted(called)} is called from another cluster, but its cluster ${quoted(cluster)} (${whereIs(clusterAt)}) has no gateway`,
    hint: `add gateway: { address: … } to ${cluster}`,
  }),
  'call-without-service': ({ called, preset, declared }, whereIs) =>
    preset
      ? { sentence: `${quoted(called)} (${whereIs(declared)}) takes no calls`, hint: 'remove it from calls' }
      : {
          sentence: `${quoted(called)} (${whereIs(declared)}) names no Service that could be called`,
          hint: `add service: and port: to ${called}`,
        },
  'host-in-use': ({ host, other, first }, whereIs) => ({
    sentence: `${quoted(host)} is also the host of ${quoted(other)} (${whereIs(first)})`,
    hint: 'give each workload a host of its own; callers choose the workload by it',
  }),

  'name-in-use': ({ kind, name, cluster, first }, whereIs) => ({
    sentence: `${kind} ${quoted(name)} exists already on ${quoted(cluster)} (${whereIs(first)})`,
    hint: 'choose another name or another namespace',
  }),
  'reserved-name': ({ name, because }) => ({
    sentence: `${quoted(name)} is taken: ${because}`,
    hint: 'choose another name',
  }),
  'reserved-namespace': ({ namespace, owner }) => ({
    sentence: `namespace ${quoted(namespace)} belongs to ${owner}, and its pods get no identity as workloads`,
    hint: 'choose another namespace',
  }),
  'identity-shared': ({ spiffeId, other, first }, whereIs) => ({
    sentence: `${quoted(spiffeId)} is also the identity of ${quoted(other)} (${whereIs(first)}); whoever may call one could call as the other`,
    hint: 'give each workload an identity of its own: another spiffeId, namespace or serviceAccount',
  }),
  'pods-shared': ({ other, first }, whereIs) => ({
    sentence: `its labels also select the pods of ${quoted(other)} (${whereIs(first)}), which would hold two SVIDs`,
    hint: 'give the two workloads a common label key with two different values',
  }),
  'mesh-label-taken': ({ label, value }) => ({
    sentence: `label ${quoted(label)} decides which identity a pod gets, and ${quoted(value)} stands for another one`,
    hint: `remove ${label}; the workload's own value is derived from its name`,
  }),
  'spiffe-id-not-istio': ({ spiffeId, wanted, workload }) => ({
    sentence: `${quoted(workload)} is called inside the mesh, where Istio expects the SPIFFE ID ${quoted(wanted)}, not ${quoted(spiffeId)}`,
    hint: 'remove spiffeId; only workloads that nobody calls can choose one',
  }),
  'spiffe-id-too-long': ({ spiffeId, bytes }) => ({
    sentence: `${quoted(`${spiffeId.slice(0, 60)}…`)} is ${bytes} bytes long, a SPIFFE ID has at most 2048`,
    hint: 'shorten the path',
  }),
  'foreign-spiffe-id': ({ spiffeId, trustDomain }) => ({
    sentence: `${quoted(spiffeId)} is not in the trust domain ${quoted(trustDomain)} of this workload's cluster`,
    hint: `write the path alone; the trust domain is added: spiffe://${trustDomain}/…`,
  }),
  'address-outside-pool': ({ address, pool, poolAt }, whereIs) => ({
    sentence: `${quoted(address)} is outside the cluster's address pool ${listed(pool)} (${whereIs(poolAt)})`,
    hint: 'add the address to loadBalancer.metallb.addresses, or choose one of the pool',
  }),
  'address-in-use': ({ address, first }, whereIs) => ({
    sentence: `${quoted(address)} is in use already (${whereIs(first)})`,
    hint: 'choose another address; two Services of type LoadBalancer cannot share one',
  }),
  'pool-overlap': ({ range, other, first }, whereIs) => ({
    sentence: `${quoted(range)} overlaps ${quoted(other)} (${whereIs(first)})`,
    hint: 'make the ranges disjoint; MetalLB hands each address out once',
  }),
  'address-not-ip': ({ address, because }) => ({
    sentence: `${quoted(address)} is a host name, but ${because}`,
    hint: 'write the IP address',
  }),

  'unsupported-version': ({ component, got, supported, because }) => ({
    sentence: `${component} ${got} is not supported${because === undefined ? '' : `: ${because}`}`,
    hint: `supported: ${supported}`,
  }),
  'version-skew': ({ agent, server, rule }) => ({
    sentence:
      rule === 'newer'
        ? `agent ${agent} is newer than its server ${server}`
        : `agent ${agent} is more than one minor version older than its server ${server}`,
    hint: "set agent: to the server's version or to the minor version before it; servers are upgraded first",
  }),
  'unsupported-pair': ({ component, version, other, otherVersion, supported }) => ({
    sentence: `${component} ${version} does not run on ${other} ${otherVersion}`,
    hint: `${component} ${version} runs on ${other} ${supported}`,
  }),
  'ambient-unsupported': () => ({
    sentence: "Istio's ambient mode cannot use SPIRE: ztunnel asks istiod for its certificates, not the Workload API",
    hint: 'write dataplane: sidecar',
  }),
  'ttl-too-long': ({ key, got, limit, caTtl }) => ({
    sentence: `${key} ${got} is longer than ${limit}, a sixth of caTtl ${caTtl} (at most 7d); SPIRE would issue shorter SVIDs than asked`,
    hint: `lower ${key} to ${limit} or raise caTtl`,
  }),

  'private-key-in-file': ({ file }) => ({
    sentence: `${file === 'the fleet file' ? file : quoted(file)} contains a private key`,
    hint: 'take the key out of the file, and out of the Git history if it was committed; only certificates belong here',
  }),
  'invalid-root': ({ file, reason }) => ({
    sentence: `${quoted(file)} is not a root certificate in PEM form: ${reason}`,
    hint: 'name a PEM file with one or more root CA certificates',
  }),
  'root-expired': ({ file, notAfter }) => ({
    sentence: `the root certificate in ${quoted(file)} expired on ${notAfter}`,
    hint: 'make a new root: npx cdk8s-spire root --replace, or take a valid one from your CA',
  }),
  'root-not-yet-valid': ({ file, notBefore }) => ({
    sentence: `the root certificate in ${quoted(file)} is not valid before ${notBefore}`,
    hint: 'check the clock, or use a root that is valid now',
  }),
  'root-not-ca': ({ file, subject }) => ({
    sentence: `${quoted(file)} holds a certificate that is no self-signed CA: ${subject}`,
    hint: 'name the root of the chain, whose basic constraints say CA:TRUE',
  }),
  'foreign-root': ({ file, belongsTo, trustDomain }) => ({
    sentence: `${quoted(file)} belongs to ${quoted(belongsTo)}, not to ${quoted(trustDomain)}`,
    hint: `name the file of ${trustDomain}`,
  }),
  'shared-root': ({ cluster, fingerprint, first }, whereIs) => ({
    sentence: `the root certificate ${fingerprint} is also that of ${quoted(cluster)} (${whereIs(first)}); either server could issue the other's identities`,
    hint: 'give each trust domain a root of its own',
  }),
  'invalid-bundle': ({ file, reason }) => ({
    sentence: `${quoted(file)} is not a SPIFFE bundle: ${reason}`,
    hint: 'take the output of: spire-server bundle show -format spiffe',
  }),
  'unseeded-bundle': ({ cluster }) => ({
    sentence: `no root and no bundle of ${quoted(cluster)} is known, so its peers refuse every federated entry until their first poll succeeds`,
    hint: 'add trust: { root: … }; with https_web it serves as the first bundle',
  }),

  'foreign-file': () => ({
    sentence: 'this exists and was not written by cdk8s-spire',
    hint: 'move or delete it; it would be overwritten',
  }),
  'unwritable-output': ({ reason }) => ({
    sentence: `this cannot be written: ${reason}`,
    hint: 'check permissions and free space, and run again; every file is either the old or the new one',
  }),
};

/** Puts a problem into words. */
export function messageOf(problem: Problem, whereIs: WhereIs): Message {
  // One code and its own facts always fit; the compiler cannot follow that through the union.
  const say = wording[problem.code] as (facts: Problem['facts'], whereIs: WhereIs) => Message;
  return say(problem.facts, whereIs);
}
