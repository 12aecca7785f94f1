/** The full text of every problem, pinned once for each code. */
import { parseFleet } from '../../lib/fleet/parse';
import { type ProblemCode, type ProblemFacts, problem } from '../../lib/problems/problem';
import { renderProblems } from '../../lib/problems/render';

/** Places that sentences refer to. */
const { source } = parseFleet(
  `fleet: two
clusters:
  east:
    trustDomain: east.test
  west:
    trustDomain: west.test
workloads:
  bank:
    cluster: west
  shop:
    cluster: east
`,
  'fleet.yaml',
);
const EAST = ['clusters', 'east'];
const WEST = ['clusters', 'west'];
const BANK = ['workloads', 'bank'];
const SHOP = ['workloads', 'shop'];

interface Pinned<Code extends ProblemCode> {
  readonly facts: ProblemFacts[Code];
  readonly text: string;
}

/** The compiler asks for each code; how source lines are shown is the business of render.test.ts. */
const EVERY_CODE: { readonly [Code in ProblemCode]: Pinned<Code> } = {
  'file-missing': {
    facts: { what: 'the bundle', file: 'trust/east.json' },
    text: `fleet.yaml:99:1: error[file-missing] the bundle "trust/east.json" does not exist
  hint: check the path; it is relative to the fleet file`,
  },
  'file-unreadable': {
    facts: { what: 'the file', file: 'trust/east.test.pem', reason: 'permission denied' },
    text: `fleet.yaml:99:1: error[file-unreadable] the file "trust/east.test.pem" cannot be read: permission denied
  hint: name a regular file that you may read`,
  },
  'file-too-large': {
    facts: { file: 'fleet.yaml', bytes: 10000000, limit: 4194304 },
    text: `fleet.yaml:99:1: error[file-too-large] "fleet.yaml" is 10000000 bytes, more than the limit of 4194304
  hint: check that this is the file you mean`,
  },
  'not-utf8': {
    facts: { file: 'fleet.yaml', offset: 9 },
    text: `fleet.yaml:99:1: error[not-utf8] "fleet.yaml" is not UTF-8: byte 9 cannot be decoded
  hint: save the file as UTF-8`,
  },
  'invalid-yaml': {
    facts: { reason: 'tabs cannot indent YAML' },
    text: `fleet.yaml:99:1: error[invalid-yaml] tabs cannot indent YAML
  hint: correct the YAML here; nothing after this point was read`,
  },
  'duplicate-key': {
    facts: { key: 'east' },
    text: `fleet.yaml:99:1: error[duplicate-key] "east" stands twice in this map
  hint: keep one of the two; YAML readers differ on which one counts`,
  },
  'too-many-aliases': {
    facts: { limit: 100 },
    text: `fleet.yaml:99:1: error[too-many-aliases] the aliases of this document multiply to more than 100 uses
  hint: write the values out instead of nesting aliases`,
  },
  'empty-fleet': {
    facts: {},
    text: `fleet.yaml:99:1: error[empty-fleet] the file holds no fleet
  hint: start with a name and a cluster: copy the fleet.yaml of the README`,
  },
  'not-a-pod': {
    facts: { got: 'an object of kind "Deployment"' },
    text: `fleet.yaml:99:1: error[not-a-pod] expected one Pod, got an object of kind "Deployment"
  hint: pipe one Pod: kubectl get pod NAME -n NAMESPACE -o yaml`,
  },
  'unknown-key': {
    facts: { key: 'region', of: 'a cluster', known: ['gateway', 'trustDomain'] },
    text: `fleet.yaml:99:1: error[unknown-key] "region" is not a key of a cluster
  hint: keys of a cluster: gateway, trustDomain`,
  },
  'renamed-key': {
    facts: { key: 'with', newKey: 'tools' },
    text: `fleet.yaml:99:1: error[renamed-key] "with" is now called "tools"
  hint: write tools: in its place`,
  },
  'missing-key': {
    facts: { key: 'trustDomain', of: 'a cluster' },
    text: `fleet.yaml:99:1: error[missing-key] a cluster needs the key "trustDomain"
  hint: add trustDomain:`,
  },
  'wrong-type': {
    facts: { expected: 'an integer from 1 to 65535', got: 'the string "8443"', hint: 'remove the quotes' },
    text: `fleet.yaml:99:1: error[wrong-type] expected an integer from 1 to 65535, got the string "8443"
  hint: remove the quotes`,
  },
  'unknown-value': {
    facts: { got: 'the string "web"', allowed: ['https_spiffe', 'https_web'] },
    text: `fleet.yaml:99:1: error[unknown-value] the string "web" is not one of "https_spiffe" or "https_web"
  hint: write "https_spiffe" or "https_web"`,
  },
  'out-of-range': {
    facts: { expected: 'an integer from 1 to 65535', got: 'the number 0' },
    text: `fleet.yaml:99:1: error[out-of-range] expected an integer from 1 to 65535, got the number 0
  hint: write an integer from 1 to 65535`,
  },
  malformed: {
    facts: {
      what: 'a trust domain',
      got: 'East.Test',
      reason: 'only a-z, 0-9, ".", "-" and "_" are allowed',
      example: 'east.example.org',
    },
    text: `fleet.yaml:99:1: error[malformed] "East.Test" is not a trust domain: only a-z, 0-9, ".", "-" and "_" are allowed
  hint: write it like "east.example.org"`,
  },
  'exclusive-keys': {
    facts: { keys: ['preset', 'image', 'pods'], given: ['preset', 'image'] },
    text: `fleet.yaml:99:1: error[exclusive-keys] "preset" and "image" exclude each other
  hint: keep one of them`,
  },
  'not-applicable': {
    facts: {
      key: 'secret',
      because: 'with a pinned bundle the server signs with a CA of its own',
      other: [...EAST, 'trustDomain'],
    },
    text: `fleet.yaml:99:1: error[not-applicable] "secret" is not applicable: with a pinned bundle the server signs with a CA of its own (4:18)
  hint: remove secret`,
  },
  'unknown-cluster': {
    facts: { got: 'north', clusters: ['east', 'west'] },
    text: `fleet.yaml:99:1: error[unknown-cluster] no cluster is named "north"
  hint: clusters of this fleet: east (3:3), west (5:3)`,
  },
  'unknown-workload': {
    facts: { got: 'atm', workloads: ['bank', 'shop'] },
    text: `fleet.yaml:99:1: error[unknown-workload] no workload is named "atm"
  hint: workloads of this fleet: bank (8:3), shop (10:3)`,
  },
  'listed-twice': {
    facts: { got: 'east', first: EAST },
    text: `fleet.yaml:99:1: error[listed-twice] "east" is listed already (3:3)
  hint: remove one of the two`,
  },
  'duplicate-trust-domain': {
    facts: { trustDomain: 'east.test', owner: 'east', first: [...EAST, 'trustDomain'], nestable: true },
    text: `fleet.yaml:99:1: error[duplicate-trust-domain] "east.test" is also the trust domain of "east" (4:18)
  hint: rename one, or have one server sign for both: nestedUnder: east`,
  },
  'self-federation': {
    facts: { cluster: 'east' },
    text: `fleet.yaml:99:1: error[self-federation] "east" is linked with itself
  hint: a SPIRE server cannot federate with its own trust domain; name two different clusters`,
  },
  'missing-bundle-endpoint': {
    facts: { cluster: 'west', peer: 'east', link: EAST },
    text: `fleet.yaml:99:1: error[missing-bundle-endpoint] "west" federates with "east" (3:3) but has no bundle endpoint that "east" could poll
  hint: add bundleEndpoint: { address: … }, the address at which peers reach its SPIRE server`,
  },
  'self-call': {
    facts: { workload: 'shop' },
    text: `fleet.yaml:99:1: error[self-call] "shop" calls itself
  hint: remove it from calls`,
  },
  'call-without-federation': {
    facts: {
      caller: 'shop',
      called: 'bank',
      callerCluster: 'east',
      calledCluster: 'west',
      between: ['east', 'west'],
      ended: false,
    },
    text: `fleet.yaml:99:1: error[call-without-federation] "shop" on "east" calls "bank" on "west", and the two clusters are not federated
  hint: add under federation: - between: [east, west]`,
  },
  'call-without-host': {
    facts: { called: 'bank', caller: 'shop', declared: BANK },
    text: `fleet.yaml:99:1: error[call-without-host] "bank" (8:3) has no host under which "shop" could call it from another cluster
  hint: add host: to bank, such as bank.example.org`,
  },
  'call-without-gateway': {
    facts: { called: 'bank', cluster: 'west', clusterAt: WEST, possible: true },
    text: `fleet.yaml:99:1: error[call-without-gateway] "bank" is called from another cluster, but its cluster "west" (5:3) has no gateway
  hint: add gateway: { address: … } to west`,
  },
  'call-without-service': {
    facts: { called: 'bank', preset: false, declared: BANK },
    text: `fleet.yaml:99:1: error[call-without-service] "bank" (8:3) names no Service that could be called
  hint: add service: and port: to bank`,
  },
  'host-in-use': {
    facts: { host: 'shop.test', other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[host-in-use] "shop.test" is also the host of "shop" (10:3)
  hint: give each workload a host of its own; callers choose the workload by it`,
  },
  'name-in-use': {
    facts: { kind: 'Service', name: 'shop', cluster: 'east', first: SHOP },
    text: `fleet.yaml:99:1: error[name-in-use] Service "shop" exists already on "east" (10:3)
  hint: choose another name or another namespace`,
  },
  'reserved-name': {
    facts: { name: 'flux', because: 'the output has a folder of this name' },
    text: `fleet.yaml:99:1: error[reserved-name] "flux" is taken: the output has a folder of this name
  hint: choose another name`,
  },
  'reserved-namespace': {
    facts: { namespace: 'istio-system', owner: 'Istio', effect: 'its pods get no identity as workloads' },
    text: `fleet.yaml:99:1: error[reserved-namespace] namespace "istio-system" belongs to Istio, and its pods get no identity as workloads
  hint: choose another namespace`,
  },
  'name-taken': {
    facts: { name: 'kubernetes', because: 'the Service default/kubernetes is the one of the API server' },
    text: `fleet.yaml:99:1: error[name-taken] "kubernetes" is the name of an object of another program: the Service default/kubernetes is the one of the API server
  hint: choose another name`,
  },
  'secret-shared': {
    facts: { secret: 'spire-server/one', uses: ['web certificate', 'intermediate CA'], first: EAST },
    text: `fleet.yaml:99:1: error[secret-shared] the Secret "spire-server/one" is already used for the web certificate (3:3) and cannot hold the intermediate CA as well
  hint: name a Secret of its own here`,
  },
  'parent-project-same': {
    facts: { project: 'shop' },
    text: `fleet.yaml:99:1: error[parent-project-same] the Application creates the project "shop", and therefore needs another project that already exists
  hint: name an existing project that may hold projects and ApplicationSets, such as default`,
  },
  'credential-shared': {
    facts: { host: 'shop.test', trustDomains: ['east.test', 'west.test'] },
    text: `fleet.yaml:99:1: error[credential-shared] the certificate of "shop.test" comes with one ca.crt for the callers of east.test, west.test: a CA of one could pass for a caller of another
  hint: remove credential, so that the gateway serves its SVID and each root counts for its own trust domain, or waive the rule`,
  },
  'identity-shared': {
    facts: { spiffeId: 'spiffe://east.test/shop', other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[identity-shared] "spiffe://east.test/shop" is also the identity of "shop" (10:3); whoever may call one could call as the other
  hint: give each workload an identity of its own: another spiffeId, namespace or serviceAccount`,
  },
  'pods-shared': {
    facts: { other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[pods-shared] its labels also select the pods of "shop" (10:3), which would hold two SVIDs
  hint: give the two workloads a common label key with two different values`,
  },
  'mesh-label-taken': {
    facts: { label: 'spiffe.io/spire-managed-identity', value: 'true' },
    text: `fleet.yaml:99:1: error[mesh-label-taken] label "spiffe.io/spire-managed-identity" decides which identity a pod gets, and "true" stands for another one
  hint: remove spiffe.io/spire-managed-identity; the workload's own value is derived from its name`,
  },
  'spiffe-id-not-istio': {
    facts: { spiffeId: 'spiffe://east.test/shop', wanted: 'spiffe://east.test/ns/shop/sa/shop', workload: 'shop' },
    text: `fleet.yaml:99:1: error[spiffe-id-not-istio] "shop" is called inside the mesh, where Istio expects the SPIFFE ID "spiffe://east.test/ns/shop/sa/shop", not "spiffe://east.test/shop"
  hint: remove spiffeId; only workloads that nobody calls can choose one`,
  },
  'spiffe-id-too-long': {
    facts: { spiffeId: `spiffe://east.test/${'a'.repeat(2040)}`, bytes: 2059 },
    text: `fleet.yaml:99:1: error[spiffe-id-too-long] "spiffe://east.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" is 2059 bytes long, a SPIFFE ID has at most 2048
  hint: shorten the path`,
  },
  'foreign-spiffe-id': {
    facts: { spiffeId: 'spiffe://esat.test/shop', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[foreign-spiffe-id] "spiffe://esat.test/shop" is not in the trust domain "east.test" of this workload's cluster
  hint: write the path alone; the trust domain is added: spiffe://east.test/…`,
  },
  'address-outside-pool': {
    facts: { address: '192.0.2.10', pool: ['192.0.2.0/31', '192.0.2.8/31'], poolAt: EAST },
    text: `fleet.yaml:99:1: error[address-outside-pool] "192.0.2.10" is outside the cluster's address pool 192.0.2.0/31, 192.0.2.8/31 (3:3)
  hint: add the address to loadBalancer.metallb.addresses, or choose one of the pool`,
  },
  'address-in-use': {
    facts: { address: '192.0.2.10', first: EAST },
    text: `fleet.yaml:99:1: error[address-in-use] "192.0.2.10" is in use already (3:3)
  hint: choose another address; this fleet gives each Service one of its own`,
  },
  'pool-overlap': {
    facts: { range: '192.0.2.0/28', other: '192.0.2.8/31', first: EAST },
    text: `fleet.yaml:99:1: error[pool-overlap] "192.0.2.0/28" overlaps "192.0.2.8/31" (3:3)
  hint: make the ranges disjoint; MetalLB hands each address out once`,
  },
  'address-not-ip': {
    facts: { address: 'spire.east.test', because: 'MetalLB assigns IP addresses' },
    text: `fleet.yaml:99:1: error[address-not-ip] "spire.east.test" is a host name, but MetalLB assigns IP addresses
  hint: write the IP address`,
  },
  'unsupported-version': {
    facts: { component: 'SPIRE', got: '1.9.0', supported: '1.11.0 and later, before 1.16.0' },
    text: `fleet.yaml:99:1: error[unsupported-version] SPIRE 1.9.0 is not supported
  hint: supported: 1.11.0 and later, before 1.16.0`,
  },
  'version-skew': {
    facts: { agent: '1.15.0', server: '1.14.0', rule: 'newer' },
    text: `fleet.yaml:99:1: error[version-skew] agent 1.15.0 is newer than its server 1.14.0
  hint: set agent: to the server's version or to the minor version before it; servers are upgraded first`,
  },
  'unsupported-pair': {
    facts: { istio: '1.31.4', kubernetes: '1.28', oldestKubernetes: '1.32', newestIstio: '1.25' },
    text: `fleet.yaml:99:1: error[unsupported-pair] Istio 1.31.4 does not run on Kubernetes 1.28; it needs 1.32 or later
  hint: write a 1.25 version for istio:, the newest that runs on Kubernetes 1.28`,
  },
  'port-not-http': {
    facts: { port: 5432, protocol: 'PostgreSQL', carried: 'HTTP' },
    text: `fleet.yaml:99:1: error[port-not-http] port 5432 is well known for PostgreSQL, and calls in the mesh are HTTP
  hint: name the port at which it speaks HTTP; if it does so at this one, waive the rule and say so`,
  },
  'ambient-unsupported': {
    facts: {},
    text: `fleet.yaml:99:1: error[ambient-unsupported] Istio's ambient mode cannot use SPIRE: ztunnel asks istiod for its certificates, not the Workload API
  hint: write dataplane: sidecar`,
  },
  'ttl-too-long': {
    facts: { key: 'x509SvidTtl', got: '5h', limit: '4h', caTtl: '24h' },
    text: `fleet.yaml:99:1: error[ttl-too-long] x509SvidTtl 5h is longer than 4h, a sixth of caTtl 24h (at most 7d); SPIRE would issue shorter SVIDs than asked
  hint: lower x509SvidTtl to 4h or raise caTtl`,
  },
  'private-key-in-file': {
    facts: { file: 'trust/east.test.pem' },
    text: `fleet.yaml:99:1: error[private-key-in-file] "trust/east.test.pem" contains a private key
  hint: take the key out of the file, and out of the Git history if it was committed; only certificates belong here`,
  },
  'interval-too-short': {
    facts: {
      key: 'fullCacheReloadInterval',
      given: '5s',
      other: 'cacheReloadInterval',
      otherGiven: '10s',
      because: 'the server does not start otherwise',
    },
    text: `fleet.yaml:99:1: error[interval-too-short] fullCacheReloadInterval is 5s and must be longer than cacheReloadInterval, 10s: the server does not start otherwise
  hint: raise fullCacheReloadInterval above 10s, or lower cacheReloadInterval`,
  },
  'private-host-without-ca': {
    facts: { host: 'vault.vault.svc', what: 'a name under .svc, which is not a public domain' },
    text: `fleet.yaml:99:1: error[private-host-without-ca] no public CA issues a certificate for "vault.vault.svc" (a name under .svc, which is not a public domain), and the plugin has no other CA to verify it by
  hint: write ca: and a PEM file with the certificates of its CA, such as ca: trust/vault-ca.pem`,
  },
  'invalid-certificates': {
    facts: { file: 'trust/db.pem', what: "the certificates of the database's CA", reason: 'it holds no certificate' },
    text: `fleet.yaml:99:1: error[invalid-certificates] "trust/db.pem" cannot be the certificates of the database's CA: it holds no certificate
  hint: name a PEM file with the CA certificates`,
  },
  'needs-newer-spire': {
    facts: { what: 'jwtSvids: false', since: '1.14.0', server: '1.13.4', serverAt: EAST },
    text: `fleet.yaml:99:1: error[needs-newer-spire] "jwtSvids: false" needs SPIRE 1.14.0 or later, and the server is 1.13.4 (3:3)
  hint: write 1.14.0 or later for versions.spire, or remove it`,
  },
  'database-shared': {
    facts: { database: 'db.test:5432/spire', other: 'east', first: EAST },
    text: `fleet.yaml:99:1: error[database-shared] the SPIRE servers of "east" (3:3) use the database db.test:5432/spire already; servers of two clusters cannot share one
  hint: give each cluster a database of its own: write datastore: under spire.server of each cluster`,
  },
  'autoscaling-without-room': {
    facts: { maxReplicas: 3, replicas: 3 },
    text: `fleet.yaml:99:1: error[autoscaling-without-room] autoscaling would never start another server: maxReplicas is 3, and replicas, the fewest, is 3
  hint: raise maxReplicas, lower replicas, or remove autoscaling`,
  },
  'autoscaling-without-root': {
    facts: { cluster: 'east' },
    text: `fleet.yaml:99:1: error[autoscaling-without-root] each server that is started for "east" signs with a CA of its own at once, and its peers refuse those SVIDs until they have polled the new bundle
  hint: write the root of the trust domain and an authority that signs for its servers (trust: { root: …, authority: … }), or remove autoscaling`,
  },
  'nested-replicas': {
    facts: { cluster: 'below', replicas: 3, key: 'replicas' },
    text: `fleet.yaml:99:1: error[nested-replicas] "below" is nested and would run 3 servers, whose agents attest to the server above with one certificate and end the SVIDs of each other
  hint: write replicas: 1 for this cluster`,
  },
  'replicas-share-nothing': {
    facts: { replicas: 3, key: 'replicas', datastore: 'sqlite', shared: ['mysql', 'postgres'] },
    text: `fleet.yaml:99:1: error[replicas-share-nothing] 3 servers would have a datastore each, since sqlite belongs to one server: none would know the entries and agents of the others
  hint: choose a datastore that they can share, "mysql" or "postgres", or remove replicas`,
  },
  'invalid-root': {
    facts: { file: 'trust/east.test.pem', reason: 'it holds no certificate' },
    text: `fleet.yaml:99:1: error[invalid-root] "trust/east.test.pem" is not a root certificate in PEM form: it holds no certificate
  hint: name a PEM file with one or more root CA certificates`,
  },
  'root-expired': {
    facts: { file: 'trust/east.test.pem', notAfter: '2021-01-01T00:00:00.000Z' },
    text: `fleet.yaml:99:1: error[root-expired] the root certificate in "trust/east.test.pem" expired on 2021-01-01T00:00:00.000Z
  hint: make a new root with npx cdk8s-spire root CLUSTER --rotate, or take a valid one from your CA`,
  },
  'root-not-yet-valid': {
    facts: { file: 'trust/east.test.pem', notBefore: '2100-01-01T00:00:00.000Z' },
    text: `fleet.yaml:99:1: error[root-not-yet-valid] the root certificate in "trust/east.test.pem" is not valid before 2100-01-01T00:00:00.000Z
  hint: check the clock, or use a root that is valid now`,
  },
  'root-not-ca': {
    facts: { file: 'trust/east.test.pem', subject: 'CN=sub', issuer: 'CN=root', flaw: 'signed-by-another' },
    text: `fleet.yaml:99:1: error[root-not-ca] "trust/east.test.pem" holds a certificate that is no root, since CN=root signed it: CN=sub
  hint: name the certificate of CN=root, or of who signed that`,
  },
  'root-cannot-sign': {
    facts: {
      file: 'trust/east.test.pem',
      flaw: 'its path length is 0, and the CA of its server stands between it and every SVID',
      remedy: 'take a root without a path length, or with one of at least 2',
    },
    text: `fleet.yaml:99:1: error[root-cannot-sign] the root certificate in "trust/east.test.pem" cannot sign SVIDs that verify: its path length is 0, and the CA of its server stands between it and every SVID
  hint: take a root without a path length, or with one of at least 2`,
  },
  'root-twice': {
    facts: { file: 'trust/east.test.pem', fingerprint: '53:90:25:7A…' },
    text: `fleet.yaml:99:1: error[root-twice] "trust/east.test.pem" contains the same root certificate twice (53:90:25:7A…)
  hint: replace one copy with the new root, or remove it`,
  },
  'root-signed-weakly': {
    facts: { file: 'trust/east.test.pem', algorithm: 'SHA-1' },
    text: `fleet.yaml:99:1: error[root-signed-weakly] the root certificate in "trust/east.test.pem" is signed with SHA-1; SPIRE would refuse an intermediate signed with SHA-1
  hint: use a root signed with SHA-256 or better, or waive the rule if the intermediate is signed that way`,
  },
  'root-path-short': {
    facts: { file: 'trust/east.test.pem', pathLength: 1, needed: 2, nested: false },
    text: `fleet.yaml:99:1: error[root-path-short] the path length of the root certificate in "trust/east.test.pem" is 1, but intermediate and server need 2; SVIDs verify only if the Secret holds the root itself
  hint: use a root without a path length, or waive the rule if the Secret holds the root itself`,
  },
  'foreign-root': {
    facts: { file: 'trust/west.test.pem', belongsTo: 'west.test', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[foreign-root] "trust/west.test.pem" belongs to "west.test", not to "east.test"
  hint: name the file of east.test`,
  },
  'shared-root': {
    facts: { cluster: 'east', fingerprint: '53:90:25:7A…', first: EAST },
    text: `fleet.yaml:99:1: error[shared-root] the root certificate 53:90:25:7A… is also that of "east" (3:3); either server could issue the other's identities
  hint: give each trust domain a root of its own`,
  },
  'invalid-bundle': {
    facts: { file: 'trust/east.json', reason: 'it is not JSON' },
    text: `fleet.yaml:99:1: error[invalid-bundle] "trust/east.json" is not a SPIFFE bundle: it is not JSON
  hint: take the output of: spire-server bundle show -format spiffe`,
  },
  'ended-yet-declared': {
    facts: { trusting: 'east', trusted: 'west', declared: EAST },
    text: `fleet.yaml:99:1: error[ended-yet-declared] this entry ends the federation of "east" and "west", which is still declared (3:3)
  hint: remove the pair from one of the two entries`,
  },
  'one-way-federation': {
    facts: { trusting: 'cluster1', trusted: 'cluster2' },
    text: `fleet.yaml:99:1: error[one-way-federation] "cluster1" trusts "cluster2", and not the other way round: no mutual TLS between the two can succeed
  hint: write between: [cluster1, cluster2], or waive the rule and say what the one direction is for`,
  },
  'refresh-hint-too-long': {
    facts: { refreshHint: '4h', caTtl: '24h', budget: '8h', fits: true },
    text: `fleet.yaml:99:1: error[refresh-hint-too-long] peers poll every 4h, and have 8h (a third of caTtl 24h) to notice a new CA: a few failed polls in a row end the federation
  hint: lower refreshHint to a fifteenth of caTtl or less, raise caTtl, or give the trust domain a root`,
  },
  'authority-ends-soon': {
    facts: { fingerprint: '5B:21:…', notAfter: '2026-12-24T00:00:00.000Z', horizon: '30d' },
    text: `fleet.yaml:99:1: error[authority-ends-soon] the certificate 5B:21:… ends on 2026-12-24T00:00:00.000Z, within the trust horizon of 30d
  hint: begin to replace it now: publish old and new together, see "Rotating a root" in docs/operations.md`,
  },
  'root-ends-before-ca': {
    facts: { notAfter: '2026-12-24T00:00:00.000Z', caTtl: '168h' },
    text: `fleet.yaml:99:1: error[root-ends-before-ca] the root ends on 2026-12-24T00:00:00.000Z, sooner than a CA that the server would issue now (caTtl 168h): peers would refuse SVIDs that look valid
  hint: replace the root, or lower caTtl`,
  },
  'cloud-without-identity': {
    facts: { plugin: 'awsKms', cloud: 'AWS', key: 'aws' },
    text: `fleet.yaml:99:1: error[cloud-without-identity] "awsKms" calls AWS, and nothing in the fleet gives the server credentials there
  hint: write cloudIdentity: { aws: … } below spire.server, or waive the rule if the server gets credentials elsewhere, such as from its node`,
  },
  'keys-not-kept': {
    facts: { cluster: 'east', profile: 'https_spiffe' },
    text: `fleet.yaml:99:1: error[keys-not-kept] each start of the server of "east" makes a CA that its peers do not know and can never poll
  hint: give the trust domain a root (trust: { root: … }), or remove keyManager, so that the server keeps its keys`,
  },
  'short-lived-pin': {
    facts: { life: '24h' },
    text: `fleet.yaml:99:1: error[short-lived-pin] every certificate of the pinned bundle lives 24h at most; what is committed is worthless soon after
  hint: give the trust domain a root (trust: { root: … }), or raise the CA life of its server and pin again`,
  },
  'metrics-unscraped': {
    facts: { cluster: 'east', hasMesh: true },
    text: `fleet.yaml:99:1: error[metrics-unscraped] the Prometheus of the output would scrape SPIRE on "east", and observability deploys none there
  hint: write the namespace of the Prometheus that scrapes it, prometheus: { namespace: … }, or observability: true`,
  },
  'kubelet-unverified': {
    facts: {},
    text: `fleet.yaml:99:1: error[kubelet-unverified] agents do not verify the kubelet they ask which pod a process belongs to; whoever answers in its place decides who gets which identity
  hint: remove verification: false, with address: nodeName where kubelet certificates name no IP address, or waive the rule and say until when`,
  },
  'web-certificate-impossible': {
    facts: { host: '192.168.10.10', what: 'a private address' },
    text: `fleet.yaml:99:1: error[web-certificate-impossible] peers verify an https_web endpoint with public roots only, and no public CA certifies "192.168.10.10" (a private address)
  hint: use profile: https_spiffe, which needs no such certificate`,
  },
  'webhook-can-block': {
    facts: {},
    text: `fleet.yaml:99:1: error[webhook-can-block] with Fail, no SPIRE resource can be created while the controller manager is away, such as on the first apply
  hint: write Ignore (everything the webhook checks is checked here), or waive the rule`,
  },
  'istio-too-old-to-federate': {
    facts: { version: '1.27.0', since: '1.29.2' },
    text: `fleet.yaml:99:1: error[istio-too-old-to-federate] Istio 1.27.0 is older than 1.29.2, the first that its maintainers support with federated trust domains
  hint: raise istio to 1.29.2 or later, or waive the rule where all calls go through the gateway`,
  },
  'full-mesh-too-large': {
    facts: { members: 30, links: 435 },
    text: `fleet.yaml:99:1: error[full-mesh-too-large] 30 clusters that all federate with each other make 435 links; each new member changes the folders of all
  hint: name a hub and spokes, or several smaller groups`,
  },
  'trust-domain-renamed': {
    facts: { from: 'cluster1.demo', to: 'cluster-one.demo' },
    text: `fleet.yaml:99:1: error[trust-domain-renamed] the trust domain was "cluster1.demo": a SPIRE server with entries of it does not start as "cluster-one.demo"
  hint: take the name back, or add formerTrustDomain: cluster1.demo and follow the steps in README.md of the output; where nothing was applied yet, remove the output folder instead`,
  },
  'former-trust-domain-in-use': {
    facts: { trustDomain: 'west.test', owner: 'west', first: [...WEST, 'trustDomain'] },
    text: `fleet.yaml:99:1: error[former-trust-domain-in-use] "west.test" is the trust domain of "west" now (6:18); the steps of this change would delete its bundle from every peer
  hint: finish this change first, and give "west.test" to "west" in the next one`,
  },
  'former-trust-domain-same': {
    facts: { trustDomain: 'cluster1.demo' },
    text: `fleet.yaml:99:1: error[former-trust-domain-same] "cluster1.demo" is the trust domain as it is, not a former one
  hint: remove formerTrustDomain once the steps in README.md of the output are done`,
  },
  'spire-version-jump': {
    facts: { component: 'SPIRE', from: '1.13.3', to: '1.15.3', via: 'a 1.14 version' },
    text: `fleet.yaml:99:1: error[spire-version-jump] SPIRE goes from 1.13.3 to 1.15.3; SPIRE upgrades one minor version at a time
  hint: write a 1.14 version first, roll it out, then 1.15.3; where nothing was applied yet, remove the output folder instead`,
  },
  'spire-downgrade': {
    facts: { from: '1.15.3', to: '1.14.6' },
    text: `fleet.yaml:99:1: error[spire-downgrade] SPIRE goes back from 1.15.3 to 1.14.6; agents must go back before their server
  hint: lower agent: first and roll it out, then spire:; see "Upgrading" in docs/operations.md; where nothing was applied yet, remove the output folder instead`,
  },
  'istio-version-jump': {
    facts: { from: '1.29.2', to: '1.31.4', via: 'a 1.30 version' },
    text: `fleet.yaml:99:1: error[istio-version-jump] Istio goes from 1.29.2 to 1.31.4; in place it is upgraded one minor version at a time
  hint: write a 1.30 version first, apply it and restart the pods with proxies, then go on towards 1.31.4; where nothing was applied yet, remove the output folder instead`,
  },
  'istio-downgrade': {
    facts: { from: '1.31.4', to: '1.29.2', via: 'a 1.30 version' },
    text: `fleet.yaml:99:1: error[istio-downgrade] Istio goes back from 1.31.4 to 1.29.2; in place it is taken back one minor version at a time
  hint: write a 1.30 version first, apply it and restart the pods with proxies, then go on towards 1.29.2; where nothing was applied yet, remove the output folder instead`,
  },
  'server-moved': {
    facts: { from: 'spire-server', to: 'spire' },
    text: `fleet.yaml:99:1: error[server-moved] the SPIRE server was in namespace "spire-server"; in "spire" it starts with a new volume, a new CA and no entries
  hint: take the layout back, or move the volume as docs/operations.md tells and waive the rule; where nothing was applied yet, remove the output folder instead`,
  },
  'datastore-changed': {
    facts: { from: 'sqlite', to: 'postgres' },
    text: `fleet.yaml:99:1: error[datastore-changed] the server kept its data in sqlite, and would start with an empty postgres
  hint: add formerDatastore: sqlite below spire.server and follow the steps in README.md of the output; where nothing was applied yet, remove the output folder instead`,
  },
  'key-manager-changed': {
    facts: { from: 'disk', to: 'memory', volume: 'gone' },
    text: `fleet.yaml:99:1: error[key-manager-changed] the server kept its keys in disk; with memory its volume is gone, and Kubernetes refuses the StatefulSet
  hint: add formerKeyManager: disk below spire.server and follow the steps in README.md of the output; where nothing was applied yet, remove the output folder instead`,
  },
  'volume-changed': {
    facts: { from: '1Gi', to: '5Gi' },
    text: `fleet.yaml:99:1: error[volume-changed] the server's volume was 1Gi and cannot become 5Gi: Kubernetes refuses the StatefulSet
  hint: take the value back, or replace the StatefulSet as docs/operations.md tells and waive the rule; where nothing was applied yet, remove the output folder instead`,
  },
  'federation-ended': {
    facts: { peer: 'cluster2', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[federation-ended] the federation with "cluster2" is gone, but its server keeps the bundle of "cluster2.demo" until somebody deletes it
  hint: keep the entry with ended: true; README.md of the output then has the steps that revoke the trust; where nothing was applied yet, remove the output folder instead`,
  },
  'pin-ignored': {
    facts: { peer: 'cluster1', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[pin-ignored] the pinned bundle has other certificates, and "cluster1" will not notice: the controller manager compares the URL and the profile only
  hint: after the apply, on cluster1: spire-server bundle set -id spiffe://cluster2.demo -format spiffe -path the-bundle.json; where nothing was applied yet, remove the output folder instead`,
  },
  'root-replaced': {
    facts: { cluster: 'east', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[root-replaced] none of the roots by which peers trust "east.test" is left; they would refuse every new SVID of it, and could not poll the new root
  hint: take the old file back, such as from Git, and put the new root beside it: npx cdk8s-spire root east --rotate; where nothing was applied yet, remove the output folder instead`,
  },
  'pin-overwrites': {
    facts: { peer: 'cluster1' },
    text: `fleet.yaml:99:1: error[pin-overwrites] with the new URL, "cluster1" replaces the bundle it has polled by the pinned one
  hint: pull a fresh bundle before: npx cdk8s-spire bundle pull NAME; where nothing was applied yet, remove the output folder instead`,
  },
  'cluster-removed': {
    facts: { cluster: 'cluster2', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[cluster-removed] cluster "cluster2" is gone from the fleet; nothing ends what runs on it, and its peers keep the bundle of "cluster2.demo"
  hint: end its federations with ended: true first, then remove the cluster; where nothing was applied yet, remove the output folder instead`,
  },
  'nested-in-federation': {
    facts: { cluster: 'west', upper: 'east' },
    text: `fleet.yaml:99:1: error[nested-in-federation] "west" is nested under "east", which federates for both
  hint: name east in its place, or remove it where east is named already`,
  },
  'nested-upper-unfit': {
    facts: { cluster: 'west', upper: 'east', lacks: 'serverApi', upperAt: EAST },
    text: `fleet.yaml:99:1: error[nested-upper-unfit] "west" cannot be nested under "east" (3:3), which has no serverApi
  hint: add serverApi: { address: … } to east, the address at which west reaches its SPIRE server`,
  },
  'nested-ca-too-long': {
    facts: { caTtl: '48h', upper: 'east', upperCaTtl: '24h' },
    text: `fleet.yaml:99:1: error[nested-ca-too-long] the CA is to live 48h, longer than the 24h of "east", whose server signs it
  hint: lower caTtl to 24h or less, or raise that of east`,
  },
  'nested-root-shared': {
    facts: { owner: 'east', fingerprint: '5B:21:…' },
    text: `fleet.yaml:99:1: error[nested-root-shared] the root 5B:21:… is also that of the trust domain of "east", so every SVID under it would be accepted as a nested server's certificate
  hint: take a root of its own, which signs nothing else; make one with: npx cdk8s-spire root`,
  },
  'waiver-refused': {
    facts: { rule: 'private-key-in-file' },
    text: `fleet.yaml:99:1: error[waiver-refused] the rule "private-key-in-file" cannot be waived: what it reports does not run
  hint: correct what it reports, and remove the waiver`,
  },
  'waiver-unused': {
    facts: { rule: 'kubelet-unverified' },
    text: `fleet.yaml:99:1: error[waiver-unused] the rule "kubelet-unverified" reports nothing at this place
  hint: remove the waiver, or correct its place`,
  },
  'foreign-file': {
    facts: {},
    text: `fleet.yaml:99:1: error[foreign-file] synth would overwrite this file, which cdk8s-spire did not write
  hint: move or delete it`,
  },
  'shared-output': {
    facts: { holds: 'other/dist/fleet.lock.yaml' },
    text: `fleet.yaml:99:1: error[shared-output] this folder also contains other/dist/fleet.lock.yaml, so synth cannot tell which files belong to the output
  hint: write the output to a separate folder, such as --output dist`,
  },
  'unwritable-output': {
    facts: { reason: 'EACCES: permission denied' },
    text: `fleet.yaml:99:1: error[unwritable-output] this cannot be written: EACCES: permission denied
  hint: check permissions and free space, and run again; no file is left half written`,
  },
  'broken-manifest': {
    facts: { reason: 'Map keys must be unique', ours: true },
    text: `fleet.yaml:99:1: error[broken-manifest] this is no YAML that could be applied: Map keys must be unique
  hint: synthesize to write it anew, or compare with a state in which it is whole`,
  },
  'object-twice': {
    facts: { object: 'Namespace shop', first: 'east/namespaces/shop.yaml' },
    text: `fleet.yaml:99:1: error[object-twice] the object Namespace shop stands in "east/namespaces/shop.yaml" as well
  hint: keep one of the two; which one a cluster gets depends on the order of applying`,
  },
  'no-output': {
    facts: { command: 'npm run synth' },
    text: `fleet.yaml:99:1: error[no-output] this folder does not exist
  hint: run npm run synth, or name another folder with --output`,
  },
  'foreign-folder': {
    facts: {},
    text: `fleet.yaml:99:1: error[foreign-folder] nothing in this folder was written by cdk8s-spire
  hint: name the folder that holds README.md, fleet.lock.yaml and the folders of the clusters`,
  },
  'output-too-large': {
    facts: { files: 3, bytes: 400, maxFiles: 2, maxBytes: 300 },
    text: `fleet.yaml:99:1: error[output-too-large] 3 files with at least 400 bytes are more than the limit of 2 files and 300 bytes
  hint: check that this is the folder of the output and of nothing else`,
  },
  'output-in-use': {
    facts: { by: 'process 42', file: 'dist/.cdk8s-spire-running' },
    text: `fleet.yaml:99:1: error[output-in-use] another synthesis is writing to this folder: process 42
  hint: wait until it ends, and run again; if it is no longer running, delete dist/.cdk8s-spire-running`,
  },
  'unapplied-file': {
    facts: {},
    text: `fleet.yaml:99:1: error[unapplied-file] this file is never applied: it is not part of the output, and no kustomization of the output lists it
  hint: move it out of the output folder, and apply it from there`,
  },
  'unlisted-file': {
    facts: {},
    text: `fleet.yaml:99:1: error[unlisted-file] synth does not delete this file: the fleet does not produce it, and no files.lock lists it
  hint: delete this file, or move it out of the output folder if it is yours`,
  },
  'stale-output': {
    facts: { command: 'npm run synth', folder: 'dist', found: 'replicas: 2', wanted: 'replicas: 1' },
    text: `fleet.yaml:99:1: error[stale-output] this file is out of date or was edited by hand: expected "replicas: 1", got "replicas: 2"
  hint: update the output with npm run synth and commit dist/`,
  },
  'edited-output': {
    facts: { command: 'npm run synth', folder: 'dist', wanted: 'replicas: 1' },
    text: `fleet.yaml:99:1: error[edited-output] this file was edited by hand after the last commit: expected "replicas: 1", got the end of the file
  hint: change the fleet instead, then run: npm run synth`,
  },
  'missing-output': {
    facts: { command: 'npm run synth', folder: 'dist' },
    text: `fleet.yaml:99:1: error[missing-output] the fleet produces this file, but the output does not contain it
  hint: update the output with npm run synth and commit dist/`,
  },
  'damaged-lock': {
    facts: { restore: 'git checkout HEAD -- dist/fleet.lock.yaml', reason: 'it holds no cluster' },
    text: `fleet.yaml:99:1: error[damaged-lock] this lock file cannot be read: it holds no cluster; synth needs it to compare the fleet with the last synthesis
  hint: restore it from Git, and synthesize again: git checkout HEAD -- dist/fleet.lock.yaml; if nothing was applied yet, delete it instead`,
  },
  'extra-output': {
    facts: { command: 'npm run synth', folder: 'dist' },
    text: `fleet.yaml:99:1: error[extra-output] the fleet no longer produces this file
  hint: update the output with npm run synth and commit dist/`,
  },
  'unseeded-bundle': {
    facts: { cluster: 'east' },
    text: `fleet.yaml:99:1: error[unseeded-bundle] no root and no bundle of "east" is known, so its peers refuse every federated entry until their first poll succeeds
  hint: add trust: { root: … }; with https_web it serves as the first bundle`,
  },
};

function textOf<Code extends ProblemCode>(code: Code, facts: ProblemFacts[Code]): string {
  // Past the end of the file, so that no source line is shown.
  const place = { position: { line: 99, column: 1 }, length: 1 };
  return renderProblems([problem(place, code, facts)], source).trimEnd();
}

test.each(Object.entries(EVERY_CODE))('%s reads as pinned', (code, { facts, text }) => {
  expect(textOf(code as ProblemCode, facts)).toBe(text);
});

describe('a message whose wording depends on its facts', () => {
  test('names the key that was meant, when one is near', () => {
    const facts = { key: 'regoin', of: 'a cluster', known: ['region'], suggestion: 'region' };
    expect(textOf('unknown-key', facts)).toBe(`fleet.yaml:99:1: error[unknown-key] "regoin" is not a key of a cluster
  hint: did you mean "region"?`);
  });

  test('names the value that was meant, when one is near', () => {
    const facts = { got: 'the string "https-web"', allowed: ['https_spiffe', 'https_web'], suggestion: 'https_web' };
    expect(
      textOf('unknown-value', facts),
    ).toBe(`fleet.yaml:99:1: error[unknown-value] the string "https-web" is not one of "https_spiffe" or "https_web"
  hint: did you mean "https_web"?`);
  });

  test('names the cluster that was meant, when one is near', () => {
    const facts = { got: 'est', clusters: ['east', 'west'], suggestion: 'east' };
    expect(textOf('unknown-cluster', facts)).toBe(`fleet.yaml:99:1: error[unknown-cluster] no cluster is named "est"
  hint: did you mean "east"?`);
  });

  test('names the workload that was meant, when one is near', () => {
    const facts = { got: 'bnk', workloads: ['bank', 'shop'], suggestion: 'bank' };
    expect(textOf('unknown-workload', facts)).toBe(`fleet.yaml:99:1: error[unknown-workload] no workload is named "bnk"
  hint: did you mean "bank"?`);
  });

  test('says of a call whose federation has ended that it is the call that is left over', () => {
    const ends = { caller: 'shop', called: 'bank', callerCluster: 'east', calledCluster: 'west' };
    expect(
      textOf('call-without-federation', { ...ends, between: ['east', 'west'], ended: true }),
    ).toBe(`fleet.yaml:99:1: error[call-without-federation] "shop" on "east" calls "bank" on "west", and the federation of the two has ended
  hint: remove the call, or remove ended: true from the federation`);
  });

  test('says that there is no workload at all', () => {
    const facts = { got: 'bank', workloads: [] };
    expect(textOf('unknown-workload', facts)).toBe(`fleet.yaml:99:1: error[unknown-workload] no workload is named "bank"
  hint: workloads of this fleet: none`);
  });

  test('says how to make a root that is missing', () => {
    const facts = { what: 'the root certificate', file: 'trust/east.test.pem', cluster: 'east' };
    expect(
      textOf('file-missing', facts),
    ).toBe(`fleet.yaml:99:1: error[file-missing] the root certificate "trust/east.test.pem" does not exist
  hint: make one with: npx cdk8s-spire root east`);
  });

  test('asks for one of several keys when none is given', () => {
    const facts = { keys: ['preset', 'image', 'pods'], given: [] };
    expect(
      textOf('exclusive-keys', facts),
    ).toBe(`fleet.yaml:99:1: error[exclusive-keys] one of "preset" or "image" or "pods" is needed
  hint: add one of them: preset, image, pods`);
  });

  test('names no second place when there is none', () => {
    const facts = { key: 'replicas', because: 'only an image has replicas' };
    expect(
      textOf('not-applicable', facts),
    ).toBe(`fleet.yaml:99:1: error[not-applicable] "replicas" is not applicable: only an image has replicas
  hint: remove replicas`);
  });

  test('says that an agent is too old', () => {
    const facts = { agent: '1.13.0', server: '1.15.3', rule: 'older' as const };
    expect(
      textOf('version-skew', facts),
    ).toBe(`fleet.yaml:99:1: error[version-skew] agent 1.13.0 is more than one minor version older than its server 1.15.3
  hint: set agent: to the server's version or to the minor version before it; servers are upgraded first`);
  });
});

test('holds no code without a hint, no sentence with a full stop or a capital at its start', () => {
  const texts = Object.values(EVERY_CODE).map(({ text }) => text);
  expect(
    texts.filter((text) => !/^fleet\.yaml:99:1: error\[[a-z0-9-]+\] .*[^.\n]\n {2}hint: .*[^.\n]$/.test(text)),
  ).toEqual([]);
  // Names such as Istio keep their capital; so do kinds of Kubernetes objects.
  const capitals = texts.map((text) => text.split('] ')[1]!).filter((sentence) => /^[A-Z]/.test(sentence));
  expect(capitals.map((sentence) => sentence.split(' ')[0])).toEqual([
    'Service',
    'SPIRE',
    'Istio',
    "Istio's",
    'Istio',
    'SPIRE',
    'SPIRE',
    'Istio',
    'Istio',
  ]);
});
