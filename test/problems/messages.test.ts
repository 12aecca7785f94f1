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
  hint: name a regular file that you have permission to read`,
  },
  'file-too-large': {
    facts: { file: 'fleet.yaml', bytes: 10000000, limit: 4194304 },
    text: `fleet.yaml:99:1: error[file-too-large] "fleet.yaml" has 10000000 bytes; the limit is 4194304
  hint: check that this is the right file`,
  },
  'not-utf8': {
    facts: { file: 'fleet.yaml', offset: 9 },
    text: `fleet.yaml:99:1: error[not-utf8] "fleet.yaml" is not valid UTF-8: byte 9 cannot be decoded
  hint: save the file as UTF-8`,
  },
  'invalid-yaml': {
    facts: { reason: 'tabs cannot indent YAML' },
    text: `fleet.yaml:99:1: error[invalid-yaml] tabs cannot indent YAML
  hint: correct the YAML here; the rest of the file was not checked`,
  },
  'duplicate-key': {
    facts: { key: 'east' },
    text: `fleet.yaml:99:1: error[duplicate-key] the key "east" occurs twice in this map
  hint: remove one of the two; YAML parsers differ in which one they use`,
  },
  'too-many-aliases': {
    facts: { limit: 100 },
    text: `fleet.yaml:99:1: error[too-many-aliases] the nested aliases of this document expand to more than 100 aliases
  hint: write the values instead of nesting aliases`,
  },
  'empty-fleet': {
    facts: {},
    text: `fleet.yaml:99:1: error[empty-fleet] the file contains no fleet
  hint: start with the example fleet.yaml in the README`,
  },
  'not-a-pod': {
    facts: { got: 'an object of kind "Deployment"' },
    text: `fleet.yaml:99:1: error[not-a-pod] expected one Pod, got an object of kind "Deployment"
  hint: pass one Pod: kubectl get pod NAME -n NAMESPACE -o yaml | npx cdk8s-spire explain -`,
  },
  'unknown-key': {
    facts: { key: 'region', of: 'a cluster', known: ['gateway', 'trustDomain'] },
    text: `fleet.yaml:99:1: error[unknown-key] "region" is not a key of a cluster
  hint: valid keys of a cluster: gateway, trustDomain`,
  },
  'renamed-key': {
    facts: { key: 'with', newKey: 'tools' },
    text: `fleet.yaml:99:1: error[renamed-key] "with" is now called "tools"
  hint: rename it to tools`,
  },
  'missing-key': {
    facts: { key: 'trustDomain', of: 'a cluster', example: 'east.example.org' },
    text: `fleet.yaml:99:1: error[missing-key] a cluster needs the key "trustDomain"
  hint: add it, such as trustDomain: east.example.org`,
  },
  'wrong-type': {
    facts: { expected: 'an integer from 1 to 65535', got: 'the string "8443"', hint: 'remove the quotes' },
    text: `fleet.yaml:99:1: error[wrong-type] expected an integer from 1 to 65535, got the string "8443"
  hint: remove the quotes`,
  },
  'unknown-value': {
    facts: { got: 'the string "web"', allowed: ['https_spiffe', 'https_web'] },
    text: `fleet.yaml:99:1: error[unknown-value] expected "https_spiffe" or "https_web", got the string "web"
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
    text: `fleet.yaml:99:1: error[exclusive-keys] "preset" and "image" cannot be used together
  hint: keep one of them`,
  },
  'not-applicable': {
    facts: {
      key: 'secret',
      because: 'with a pinned bundle, the server signs with its own CA',
      other: [...EAST, 'trustDomain'],
    },
    text: `fleet.yaml:99:1: error[not-applicable] "secret" is not applicable: with a pinned bundle, the server signs with its own CA (4:18)
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
    text: `fleet.yaml:99:1: error[listed-twice] "east" is already listed (3:3)
  hint: remove one of the two`,
  },
  'duplicate-trust-domain': {
    facts: { trustDomain: 'east.test', owner: 'east', first: [...EAST, 'trustDomain'], nestable: true },
    text: `fleet.yaml:99:1: error[duplicate-trust-domain] "east.test" is also the trust domain of "east" (4:18)
  hint: change one of the two, or add nestedUnder: east to share the trust domain`,
  },
  'self-federation': {
    facts: { cluster: 'east' },
    text: `fleet.yaml:99:1: error[self-federation] "east" federates with itself
  hint: name two different clusters; a SPIRE server cannot federate with its own trust domain`,
  },
  'missing-bundle-endpoint': {
    facts: { cluster: 'west', peer: 'east', link: EAST },
    text: `fleet.yaml:99:1: error[missing-bundle-endpoint] "west" federates with "east" (3:3) but has no bundle endpoint that "east" could poll
  hint: add the address at which east reaches its SPIRE server, such as bundleEndpoint: { address: 192.0.2.10 }`,
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
    text: `fleet.yaml:99:1: error[call-without-federation] "shop" on "east" calls "bank" on "west", but the two clusters do not federate
  hint: add under federation: - between: [east, west]`,
  },
  'call-without-host': {
    facts: { called: 'bank', caller: 'shop', declared: BANK },
    text: `fleet.yaml:99:1: error[call-without-host] "shop" calls "bank" (8:3) from another cluster, but "bank" has no host
  hint: add a host to bank, such as host: bank.example.org`,
  },
  'call-without-gateway': {
    facts: { called: 'bank', cluster: 'west', clusterAt: WEST, possible: true },
    text: `fleet.yaml:99:1: error[call-without-gateway] "bank" is called from another cluster, but its cluster "west" (5:3) has no gateway
  hint: add the address of a gateway to west, such as gateway: { address: 192.0.2.20 }`,
  },
  'call-without-service': {
    facts: { called: 'bank', preset: false, declared: BANK },
    text: `fleet.yaml:99:1: error[call-without-service] "bank" (8:3) has no Service for calls
  hint: add its Service and port to bank, such as service: bank and port: 8080`,
  },
  'host-in-use': {
    facts: { host: 'shop.test', other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[host-in-use] "shop.test" is also the host of "shop" (10:3)
  hint: give each workload its own host; the gateway routes calls by host`,
  },
  'name-in-use': {
    facts: { kind: 'Service', name: 'shop', cluster: 'east', first: SHOP },
    text: `fleet.yaml:99:1: error[name-in-use] Service "shop" already exists on "east" (10:3)
  hint: choose another name or another namespace`,
  },
  'reserved-name': {
    facts: { name: 'flux', because: 'the output has a folder of this name' },
    text: `fleet.yaml:99:1: error[reserved-name] "flux" is reserved: the output has a folder of this name
  hint: choose another name`,
  },
  'reserved-namespace': {
    facts: { namespace: 'istio-system', owner: 'Istio', effect: 'its pods get no SVIDs as workloads' },
    text: `fleet.yaml:99:1: error[reserved-namespace] namespace "istio-system" belongs to Istio: its pods get no SVIDs as workloads
  hint: choose another namespace`,
  },
  'name-taken': {
    facts: { name: 'kubernetes', because: 'the Service default/kubernetes belongs to the API server' },
    text: `fleet.yaml:99:1: error[name-taken] "kubernetes" is already the name of another object: the Service default/kubernetes belongs to the API server
  hint: choose another name`,
  },
  'secret-shared': {
    facts: { secret: 'spire-server/one', uses: ['web certificate', 'intermediate CA'], first: EAST },
    text: `fleet.yaml:99:1: error[secret-shared] the Secret "spire-server/one" already holds the web certificate (3:3), so it cannot hold the intermediate CA
  hint: name a different Secret here`,
  },
  'parent-project-same': {
    facts: { project: 'shop' },
    text: `fleet.yaml:99:1: error[parent-project-same] the parent Application creates the project "shop", so it cannot belong to that project
  hint: name an existing project that permits AppProjects and ApplicationSets, such as default`,
  },
  'credential-shared': {
    facts: { host: 'shop.test', trustDomains: ['east.test', 'west.test'] },
    text: `fleet.yaml:99:1: error[credential-shared] the gateway verifies all callers of "shop.test" with one ca.crt, so the CA of one of the trust domains east.test, west.test could impersonate callers of another
  hint: remove credential, so that the gateway serves its SVID and verifies each trust domain with its own root, or waive the rule`,
  },
  'identity-shared': {
    facts: { spiffeId: 'spiffe://east.test/shop', other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[identity-shared] "spiffe://east.test/shop" is also the identity of "shop" (10:3); policies cannot tell the two apart
  hint: give each workload its own identity: a different spiffeId, namespace or serviceAccount`,
  },
  'pods-shared': {
    facts: { other: 'shop', first: SHOP },
    text: `fleet.yaml:99:1: error[pods-shared] its labels also select the pods of "shop" (10:3), so those pods would get two SVIDs
  hint: give both workloads a label with the same key and different values`,
  },
  'mesh-label-taken': {
    facts: { label: 'spiffe.io/spire-managed-identity', value: 'true' },
    text: `fleet.yaml:99:1: error[mesh-label-taken] the label "spiffe.io/spire-managed-identity" selects the identity of a pod, and its value "true" selects a different one
  hint: remove spiffe.io/spire-managed-identity; its value is derived from the name of the workload`,
  },
  'spiffe-id-not-istio': {
    facts: { spiffeId: 'spiffe://east.test/shop', wanted: 'spiffe://east.test/ns/shop/sa/shop', workload: 'shop' },
    text: `fleet.yaml:99:1: error[spiffe-id-not-istio] "shop" is called inside the mesh, where Istio expects the SPIFFE ID "spiffe://east.test/ns/shop/sa/shop", not "spiffe://east.test/shop"
  hint: remove spiffeId; only a workload that is not called can have another SPIFFE ID`,
  },
  'spiffe-id-too-long': {
    facts: { spiffeId: `spiffe://east.test/${'a'.repeat(2040)}`, bytes: 2059 },
    text: `fleet.yaml:99:1: error[spiffe-id-too-long] "spiffe://east.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" has 2059 bytes; a SPIFFE ID has at most 2048
  hint: shorten the path`,
  },
  'foreign-spiffe-id': {
    facts: { spiffeId: 'spiffe://esat.test/shop', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[foreign-spiffe-id] "spiffe://esat.test/shop" is not in the trust domain "east.test" of this workload's cluster
  hint: write only the path, such as /shop; spiffe://east.test is added in front`,
  },
  'address-outside-pool': {
    facts: { address: '192.0.2.10', pool: ['192.0.2.0/31', '192.0.2.8/31'], poolAt: EAST },
    text: `fleet.yaml:99:1: error[address-outside-pool] "192.0.2.10" is outside the cluster's address pool 192.0.2.0/31, 192.0.2.8/31 (3:3)
  hint: choose an address of the pool, or add this one to loadBalancer.metallb.addresses`,
  },
  'address-in-use': {
    facts: { address: '192.0.2.10', first: EAST },
    text: `fleet.yaml:99:1: error[address-in-use] "192.0.2.10" is already in use (3:3)
  hint: choose another address; each Service needs its own`,
  },
  'pool-overlap': {
    facts: { range: '192.0.2.0/28', other: '192.0.2.8/31', first: EAST },
    text: `fleet.yaml:99:1: error[pool-overlap] "192.0.2.0/28" overlaps "192.0.2.8/31" (3:3)
  hint: change one of the ranges; MetalLB assigns each address once`,
  },
  'address-not-ip': {
    facts: { address: 'spire.east.test', because: 'MetalLB assigns IP addresses' },
    text: `fleet.yaml:99:1: error[address-not-ip] "spire.east.test" is a host name, but MetalLB assigns IP addresses
  hint: write the IP address`,
  },
  'unsupported-version': {
    facts: { component: 'SPIRE', got: '1.9.0', supported: '1.11.0 and later, before 1.16.0' },
    text: `fleet.yaml:99:1: error[unsupported-version] SPIRE 1.9.0 is not supported
  hint: use a supported version: 1.11.0 and later, before 1.16.0`,
  },
  'version-skew': {
    facts: { agent: '1.15.0', server: '1.14.0', rule: 'newer' },
    text: `fleet.yaml:99:1: error[version-skew] agent 1.15.0 is newer than its server 1.14.0
  hint: set agent to the server's version or to the minor version before it; upgrade servers first`,
  },
  'unsupported-pair': {
    facts: { istio: '1.31.4', kubernetes: '1.28', oldestKubernetes: '1.32', newestIstio: '1.25' },
    text: `fleet.yaml:99:1: error[unsupported-pair] Istio 1.31.4 does not run on Kubernetes 1.28; it needs 1.32 or later
  hint: set istio to a 1.25 version, the newest that runs on Kubernetes 1.28`,
  },
  'port-not-http': {
    facts: { port: 5432, protocol: 'PostgreSQL', carried: 'HTTP' },
    text: `fleet.yaml:99:1: error[port-not-http] port 5432 is the well-known port of PostgreSQL, but calls in the mesh use HTTP
  hint: write the HTTP port of the workload; if this port does serve HTTP, waive the rule`,
  },
  'ambient-unsupported': {
    facts: {},
    text: `fleet.yaml:99:1: error[ambient-unsupported] Istio's ambient mode cannot use SPIRE: ztunnel gets its certificates from istiod, not from the Workload API
  hint: write dataplane: sidecar`,
  },
  'ttl-too-long': {
    facts: { key: 'x509SvidTtl', got: '5h', limit: '4h', caTtl: '24h' },
    text: `fleet.yaml:99:1: error[ttl-too-long] x509SvidTtl 5h is longer than 4h, a sixth of caTtl 24h (at most 7d); SPIRE would issue shorter SVIDs
  hint: lower x509SvidTtl to 4h or raise caTtl`,
  },
  'private-key-in-file': {
    facts: { file: 'trust/east.test.pem' },
    text: `fleet.yaml:99:1: error[private-key-in-file] "trust/east.test.pem" contains a private key
  hint: remove the key from the file, and from the Git history if it was committed; only certificates belong here`,
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
  'authority-twice': {
    facts: { plugin: 'my_authority', first: EAST },
    text: `fleet.yaml:99:1: error[authority-twice] a SPIRE server has one upstream authority, and beside "my_authority" the fleet chooses another (3:3)
  hint: remove one of the two`,
  },
  'plugin-not-mounted': {
    facts: { program: 'server', command: '/opt/inventory' },
    text: `fleet.yaml:99:1: error[plugin-not-mounted] no mount of the plugin leads to "/opt/inventory", and the image of the SPIRE server has no programs of others
  hint: add a mount whose path is a folder above it, such as mounts: [{ claim: plugins, path: /run/plugins/bin }]`,
  },
  'plugin-type-decided': {
    facts: { program: 'server', type: 'KeyManager', decision: { key: 'keyManager' } },
    text: `fleet.yaml:99:1: error[plugin-type-decided] a SPIRE server has exactly one KeyManager, which another key chooses
  hint: write keyManager: below spire.server`,
  },
  'secret-in-plugin': {
    facts: { key: 'password' },
    text: `fleet.yaml:99:1: error[secret-in-plugin] "password" holds a secret, and the fleet and the output are for everybody to read
  hint: put the secret into a Secret, name it under environment, such as environment: { MY_SECRET: { secret: my-plugin, key: password } }, and write password: $MY_SECRET`,
  },
  'unknown-plugin': {
    facts: {
      program: 'server',
      type: 'Notifier',
      got: 'k8s_bundle',
      known: ['gcs_bundle', 'k8sbundle'],
      suggestion: 'k8sbundle',
    },
    text: `fleet.yaml:99:1: error[unknown-plugin] "k8s_bundle" is no Notifier of SPIRE
  hint: did you mean "k8sbundle"?`,
  },
  'unknown-variable': {
    facts: { got: '$TOKNE', known: ['TOKEN'] },
    text: `fleet.yaml:99:1: error[unknown-variable] "$TOKNE" is not a variable of environment, which has TOKEN
  hint: add it to environment, or write its name as $NAME without braces`,
  },
  'variable-shared': {
    facts: { program: 'server', name: 'POD_NAME' },
    text: `fleet.yaml:99:1: error[variable-shared] another plugin of the SPIRE server sets the variable "POD_NAME" to another value, and all plugins see the same variables
  hint: choose another name for the variable`,
  },
  'bundle-does-not-fit': {
    facts: {
      publisher: 'rolesAnywhere',
      most: 2,
      cluster: 'east',
      rootFile: 'trust/east.test.pem',
      authority: 'secret',
    },
    text: `fleet.yaml:99:1: error[bundle-does-not-fit] "rolesAnywhere" holds 2 CA certificates, and a server that signs with CAs of its own can have more at a time
  hint: save the root of the trust domain as trust/east.test.pem and write trust: { authority: secret } in clusters.east, or waive the rule`,
  },
  'bundle-target-shared': {
    facts: { target: 'istio-system/spire-bundle', first: EAST },
    text: `fleet.yaml:99:1: error[bundle-target-shared] another publisher (3:3) already writes "istio-system/spire-bundle"; one would remove what the other wrote
  hint: give the publisher an object of its own, by another name`,
  },
  'plugin-twice': {
    facts: { program: 'server', plugin: 'awsS3', first: EAST },
    text: `fleet.yaml:99:1: error[plugin-twice] "awsS3" is chosen already (3:3), and SPIRE loads one plugin of a name
  hint: remove one of the two`,
  },
  'private-host-without-ca': {
    facts: { host: 'vault.vault.svc', what: 'a name under .svc, which is not a public domain' },
    text: `fleet.yaml:99:1: error[private-host-without-ca] no public CA issues a certificate for "vault.vault.svc" (a name under .svc, which is not a public domain), and the plugin has no other CA to verify it by
  hint: write ca: and a PEM file with the certificates of its CA, such as ca: trust/vault-ca.pem; a plugin without that key needs a host with a certificate of a public CA`,
  },
  'invalid-certificates': {
    facts: {
      file: 'trust/db.pem',
      what: "the certificates of the database's CA",
      reason: 'it contains no certificate',
    },
    text: `fleet.yaml:99:1: error[invalid-certificates] "trust/db.pem" cannot be used as the certificates of the database's CA: it contains no certificate
  hint: name a PEM file that contains the CA certificates`,
  },
  'needs-newer-spire': {
    facts: { what: 'jwtSvids: false', since: '1.14.0', of: 'server', got: '1.13.4', at: EAST },
    text: `fleet.yaml:99:1: error[needs-newer-spire] "jwtSvids: false" needs SPIRE 1.14.0 or later, but the server is 1.13.4 (3:3)
  hint: write 1.14.0 or later in versions.spire, or remove "jwtSvids: false"`,
  },
  'agent-socket-unusable': {
    facts: { because: 'istio', got: 'agent.sock' },
    text: `fleet.yaml:99:1: error[agent-socket-unusable] the socket of the Workload API is named "agent.sock", and Istio's proxies look for "socket" only
  hint: remove name, or write istio: { dataplane: none } for a cluster without Istio`,
  },
  'agents-bundle-unusable': {
    facts: { url: 'https://spire.shop.example:8443', because: { kind: 'svid', cluster: 'east' } },
    text: `fleet.yaml:99:1: error[agents-bundle-unusable] agents cannot start from the bundle at "https://spire.shop.example:8443": the bundle endpoint of "east" authenticates with an SVID, which agents cannot verify without the bundle
  hint: name a host with a certificate of a public CA, or remove trustBundle; agents then read the ConfigMap that their server writes`,
  },
  'availability-target-ignored': {
    facts: { target: '24h', key: 'x509SvidTtl of shop', ttl: '4h', least: '36h1s' },
    text: `fleet.yaml:99:1: error[availability-target-ignored] availabilityTarget 24h has no effect on SVIDs that live for 4h (x509SvidTtl of shop); agents would renew them at half of their life
  hint: raise x509SvidTtl of shop to 36h1s or more, or lower or remove availabilityTarget`,
  },
  'namespace-ignored': {
    facts: { namespace: 'shop', pattern: 'sh*', pods: 'its pods', at: EAST },
    text: `fleet.yaml:99:1: error[namespace-ignored] namespace "shop" is ignored by "sh*" (3:3), so its pods would get no SVIDs
  hint: use another namespace, or change ignoredNamespaces`,
  },
  'parent-id-unknown': {
    facts: { template: 'spiffe://a/b', agents: 'spiffe://a/c' },
    text: `fleet.yaml:99:1: error[parent-id-unknown] entries would be below "spiffe://a/b", but agents have the ID "spiffe://a/c"; without an alias they get no entries
  hint: remove parentIdTemplate, or make the ID an alias by a ClusterStaticEntry and waive the rule`,
  },
  'sync-interval-too-long': {
    facts: { got: '30s', key: 'x509SvidTtl', ttl: '1m', limit: '6s' },
    text: `fleet.yaml:99:1: error[sync-interval-too-long] syncInterval 30s is longer than 6s, a tenth of 1m (x509SvidTtl); after a failed call or two, SVIDs would end before agents renew them
  hint: lower syncInterval to 6s or raise x509SvidTtl`,
  },
  'database-shared': {
    facts: { database: 'db.test:5432/spire', other: 'east', first: EAST },
    text: `fleet.yaml:99:1: error[database-shared] the SPIRE servers of "east" (3:3) already use the database db.test:5432/spire; servers of two clusters cannot share one
  hint: give each cluster its own database: write datastore in spire.server of each cluster`,
  },
  'autoscaling-without-room': {
    facts: { maxReplicas: 3, replicas: 3 },
    text: `fleet.yaml:99:1: error[autoscaling-without-room] autoscaling cannot start another server: maxReplicas is 3, and the minimum, replicas, is 3
  hint: raise maxReplicas, lower replicas, or remove autoscaling`,
  },
  'autoscaling-without-root': {
    facts: { cluster: 'east', rootFile: 'trust/east.test.pem', authority: 'secret' },
    text: `fleet.yaml:99:1: error[autoscaling-without-root] each additional server of "east" signs with a new CA, and its peers refuse the SVIDs until they poll the new bundle
  hint: save the root of the trust domain as trust/east.test.pem and write trust: { authority: secret } in clusters.east, or remove autoscaling`,
  },
  'nested-replicas': {
    facts: { cluster: 'below', replicas: 3, key: 'replicas' },
    text: `fleet.yaml:99:1: error[nested-replicas] "below" is nested and would run 3 servers; their agents would attest to the server above with the same certificate, and each would invalidate the SVIDs of the others
  hint: write replicas: 1 for this cluster`,
  },
  'replicas-share-nothing': {
    facts: { replicas: 3, key: 'replicas', datastore: 'sqlite', shared: ['mysql', 'postgres'] },
    text: `fleet.yaml:99:1: error[replicas-share-nothing] each of the 3 servers would have its own sqlite datastore, without the entries and agents of the others
  hint: use a datastore that servers can share, "mysql" or "postgres", or remove replicas`,
  },
  'invalid-root': {
    facts: { file: 'trust/east.test.pem', reason: 'it contains no certificate' },
    text: `fleet.yaml:99:1: error[invalid-root] "trust/east.test.pem" is not a root certificate in PEM form: it contains no certificate
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
    text: `fleet.yaml:99:1: error[root-not-ca] "trust/east.test.pem" contains CN=sub, which is not a root certificate: CN=root signed it
  hint: use the certificate of CN=root, or of the CA that signed CN=root`,
  },
  'root-cannot-sign': {
    facts: {
      file: 'trust/east.test.pem',
      flaw: 'its path length is 0, but the CA of its server is below it',
      remedy: 'use a root without a path length, or with a path length of at least 2',
    },
    text: `fleet.yaml:99:1: error[root-cannot-sign] no SVID below the root certificate in "trust/east.test.pem" would verify: its path length is 0, but the CA of its server is below it
  hint: use a root without a path length, or with a path length of at least 2`,
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
    text: `fleet.yaml:99:1: error[root-path-short] the root certificate in "trust/east.test.pem" has path length 1, but an intermediate CA and a server below it need 2; SVIDs verify only if the Secret holds the root itself
  hint: use a root without a path length, or waive the rule if the Secret holds the root itself`,
  },
  'foreign-root': {
    facts: { file: 'trust/west.test.pem', belongsTo: 'west.test', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[foreign-root] "trust/west.test.pem" belongs to "west.test", not to "east.test"
  hint: name the file of east.test`,
  },
  'shared-root': {
    facts: { cluster: 'east', fingerprint: '53:90:25:7A…', first: EAST },
    text: `fleet.yaml:99:1: error[shared-root] "east" (3:3) uses the same root certificate (53:90:25:7A…), so each server could issue identities of the other
  hint: give each trust domain its own root`,
  },
  'invalid-bundle': {
    facts: { file: 'trust/east.json', reason: 'it is not JSON' },
    text: `fleet.yaml:99:1: error[invalid-bundle] "trust/east.json" is not a SPIFFE bundle: it is not JSON
  hint: use the output of: spire-server bundle show -format spiffe`,
  },
  'ended-yet-declared': {
    facts: { trusting: 'east', trusted: 'west', declared: EAST },
    text: `fleet.yaml:99:1: error[ended-yet-declared] this entry ends the federation of "east" and "west", but another entry still declares it (3:3)
  hint: remove the pair from one of the two entries`,
  },
  'one-way-federation': {
    facts: { trusting: 'cluster1', trusted: 'cluster2' },
    text: `fleet.yaml:99:1: error[one-way-federation] "cluster1" trusts "cluster2", but "cluster2" does not trust "cluster1": mutual TLS between the two fails
  hint: write between: [cluster1, cluster2], or waive the rule if one direction is intended`,
  },
  'refresh-hint-too-long': {
    facts: { refreshHint: '4h', caTtl: '24h', budget: '8h', fits: true },
    text: `fleet.yaml:99:1: error[refresh-hint-too-long] peers poll every 4h and have 8h (a third of caTtl 24h) to get a new CA: a few failed polls in a row would interrupt the federation
  hint: lower refreshHint to at most a fifteenth of caTtl, raise caTtl, or give the trust domain a root`,
  },
  'authority-ends-soon': {
    facts: { fingerprint: '5B:21:…', notAfter: '2026-12-24T00:00:00.000Z', horizon: '30d' },
    text: `fleet.yaml:99:1: error[authority-ends-soon] the certificate 5B:21:… expires on 2026-12-24T00:00:00.000Z, within the trust horizon of 30d
  hint: start to replace it now; see "Rotating a root" in docs/operations.md`,
  },
  'root-ends-before-ca': {
    facts: { notAfter: '2026-12-24T00:00:00.000Z', caTtl: '168h' },
    text: `fleet.yaml:99:1: error[root-ends-before-ca] the root expires on 2026-12-24T00:00:00.000Z, before a CA that the server issues now (caTtl 168h): peers would refuse SVIDs that have not expired
  hint: replace the root, or lower caTtl`,
  },
  'ca-ttl-ignored': {
    facts: { authority: 'ejbca', caTtl: '48h', caTtlAt: EAST },
    text: `fleet.yaml:99:1: error[ca-ttl-ignored] "ejbca" decides how long the CA of the server lives, and is not asked for the caTtl 48h (3:3)
  hint: have the authority issue CAs for 48h and waive the rule, or remove caTtl`,
  },
  'intermediate-renewed-late': {
    facts: { renewBefore: '24h', caTtl: '168h' },
    text: `fleet.yaml:99:1: error[intermediate-renewed-late] cert-manager renews the intermediate 24h before its end, and a CA of the server lives 168h: it would be cut short
  hint: write renewBefore: 168h or more, or lower caTtl`,
  },
  'cloud-without-identity': {
    facts: { plugin: 'awsKms', cloud: 'AWS', key: 'aws', example: '{ role: "arn:aws:iam::123456789012:role/spire" }' },
    text: `fleet.yaml:99:1: error[cloud-without-identity] "awsKms" calls AWS, but the fleet gives the server no credentials for it
  hint: add cloudIdentity: { aws: { role: "arn:aws:iam::123456789012:role/spire" } } with your own values to spire.server, or waive the rule if the server gets credentials elsewhere, such as from its node`,
  },
  'keys-not-kept': {
    facts: { cluster: 'east', profile: 'https_spiffe' },
    text: `fleet.yaml:99:1: error[keys-not-kept] the server of "east" creates a new CA at each start, and its peers cannot verify the endpoint to poll it
  hint: add a root, such as trust: { root: trust/example.org.pem }, or remove keyManager so that the server keeps its keys`,
  },
  'short-lived-pin': {
    facts: { life: '24h' },
    text: `fleet.yaml:99:1: error[short-lived-pin] every certificate in the pinned bundle is valid for at most 24h, so the committed bundle expires soon
  hint: use a root instead, such as trust: { root: trust/example.org.pem }, or raise the CA lifetime of its server and pin again`,
  },
  'telemetry-without-effect': {
    facts: { key: 'spire_server_rpc', because: 'metrics begin with "spire_server." or "spire_agent."' },
    text: `fleet.yaml:99:1: error[telemetry-without-effect] "spire_server_rpc" has no effect: metrics begin with "spire_server." or "spire_agent."
  hint: correct it, or remove it`,
  },
  'metrics-unscraped': {
    facts: { cluster: 'east', hasMesh: true },
    text: `fleet.yaml:99:1: error[metrics-unscraped] the Prometheus of the output would scrape SPIRE on "east", and observability deploys none there
  hint: write the namespace of the Prometheus that scrapes it, such as prometheus: { namespace: monitoring }, or observability: true`,
  },
  'kubelet-unverified': {
    facts: {},
    text: `fleet.yaml:99:1: error[kubelet-unverified] agents do not verify the certificate of the kubelet; a program that impersonates the kubelet could decide which pod gets which SVID
  hint: remove verification: false, and write address: nodeName if kubelet certificates contain no IP address; or waive the rule until they verify`,
  },
  'web-certificate-impossible': {
    facts: { host: '192.168.10.10', what: 'a private address' },
    text: `fleet.yaml:99:1: error[web-certificate-impossible] peers verify an https_web endpoint with public CAs, and these issue no certificate for "192.168.10.10" (a private address)
  hint: write profile: https_spiffe, which needs no public certificate`,
  },
  'webhook-can-block': {
    facts: {},
    text: `fleet.yaml:99:1: error[webhook-can-block] with Fail, SPIRE resources cannot be created while the controller manager is not running, as in the first apply
  hint: write Ignore, or waive the rule; synth already checks what the webhook checks`,
  },
  'istio-too-old-to-federate': {
    facts: { version: '1.27.0', since: '1.29.2' },
    text: `fleet.yaml:99:1: error[istio-too-old-to-federate] Istio 1.27.0 is older than 1.29.2, the first version that supports federated trust domains
  hint: raise istio to 1.29.2 or later, or waive the rule if all calls between clusters use the gateway`,
  },
  'full-mesh-too-large': {
    facts: { members: 30, links: 435 },
    text: `fleet.yaml:99:1: error[full-mesh-too-large] a full mesh of 30 clusters has 435 links, and each new cluster changes the output of all others
  hint: use a hub and spokes, or several smaller groups`,
  },
  'trust-domain-renamed': {
    facts: { from: 'cluster1.demo', to: 'cluster-one.demo' },
    text: `fleet.yaml:99:1: error[trust-domain-renamed] the trust domain changes from "cluster1.demo" to "cluster-one.demo", but a SPIRE server that has entries of "cluster1.demo" does not start with another trust domain
  hint: write cluster1.demo again, or add formerTrustDomain: cluster1.demo and follow the steps in README.md of the output; if nothing was applied yet, delete the output folder instead`,
  },
  'former-trust-domain-in-use': {
    facts: { trustDomain: 'west.test', owner: 'west', first: [...WEST, 'trustDomain'] },
    text: `fleet.yaml:99:1: error[former-trust-domain-in-use] "west.test" is now the trust domain of "west" (6:18), and the steps of this change would delete its bundle from every peer
  hint: complete this change first, and give "west.test" to "west" in a later one`,
  },
  'former-trust-domain-same': {
    facts: { trustDomain: 'cluster1.demo' },
    text: `fleet.yaml:99:1: error[former-trust-domain-same] "cluster1.demo" is the current trust domain, not a former one
  hint: remove formerTrustDomain once the steps in README.md of the output are done`,
  },
  'spire-version-jump': {
    facts: { component: 'SPIRE', from: '1.13.3', to: '1.15.3', via: 'a 1.14 version' },
    text: `fleet.yaml:99:1: error[spire-version-jump] SPIRE changes from 1.13.3 to 1.15.3, but SPIRE must be upgraded one minor version at a time
  hint: roll out a 1.14 version first, then 1.15.3; if nothing was applied yet, delete the output folder instead`,
  },
  'spire-downgrade': {
    facts: { from: '1.15.3', to: '1.14.6' },
    text: `fleet.yaml:99:1: error[spire-downgrade] SPIRE changes from 1.15.3 to the older 1.14.6, but agents must be downgraded before their server
  hint: lower agent and roll it out, then lower spire; see "Upgrading" in docs/operations.md; if nothing was applied yet, delete the output folder instead`,
  },
  'istio-version-jump': {
    facts: { from: '1.29.2', to: '1.31.4', via: 'a 1.30 version' },
    text: `fleet.yaml:99:1: error[istio-version-jump] Istio changes from 1.29.2 to 1.31.4, but an in-place upgrade must go one minor version at a time
  hint: write a 1.30 version first, apply it and restart the pods with proxies, then continue to 1.31.4; if nothing was applied yet, delete the output folder instead`,
  },
  'istio-downgrade': {
    facts: { from: '1.31.4', to: '1.29.2', via: 'a 1.30 version' },
    text: `fleet.yaml:99:1: error[istio-downgrade] Istio changes from 1.31.4 to the older 1.29.2, but an in-place downgrade must go one minor version at a time
  hint: write a 1.30 version first, apply it and restart the pods with proxies, then continue to 1.29.2; if nothing was applied yet, delete the output folder instead`,
  },
  'server-moved': {
    facts: { from: 'spire-server', to: 'spire' },
    text: `fleet.yaml:99:1: error[server-moved] the SPIRE server moves from namespace "spire-server" to "spire", where it starts with a new volume, a new CA and no entries
  hint: keep the namespace, or follow "Moving the server's volume" in docs/operations.md; if nothing was applied yet, delete the output folder instead`,
  },
  'datastore-changed': {
    facts: { from: 'sqlite', to: 'postgres' },
    text: `fleet.yaml:99:1: error[datastore-changed] the server kept its data in sqlite, and would start with an empty postgres
  hint: add formerDatastore: sqlite below spire.server and follow the steps in README.md of the output; if nothing was applied yet, delete the output folder instead`,
  },
  'key-manager-changed': {
    facts: { from: 'disk', to: 'memory', volume: 'gone' },
    text: `fleet.yaml:99:1: error[key-manager-changed] the server kept its keys in disk; with memory its volume is gone, and Kubernetes refuses the StatefulSet
  hint: add formerKeyManager: disk below spire.server and follow the steps in README.md of the output; if nothing was applied yet, delete the output folder instead`,
  },
  'volume-changed': {
    facts: { from: '1Gi', to: '5Gi' },
    text: `fleet.yaml:99:1: error[volume-changed] the volume of the server changes from 1Gi to 5Gi, which Kubernetes refuses for a StatefulSet
  hint: keep the value, or follow "Replacing the StatefulSet" in docs/operations.md; if nothing was applied yet, delete the output folder instead`,
  },
  'federation-ended': {
    facts: { peer: 'cluster2', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[federation-ended] the federation with "cluster2" was removed, but the server keeps the bundle of "cluster2.demo" until it is deleted
  hint: write the entry again with ended: true; README.md of the output then lists the steps that revoke the trust; if nothing was applied yet, delete the output folder instead`,
  },
  'pin-ignored': {
    facts: { peer: 'cluster1', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[pin-ignored] the certificates of the pinned bundle changed, but "cluster1" will not load them: the controller manager compares only the URL and the profile
  hint: after the apply, run on cluster1: spire-server bundle set -id spiffe://cluster2.demo -format spiffe -path the-bundle.json; if nothing was applied yet, delete the output folder instead`,
  },
  'root-replaced': {
    facts: { cluster: 'east', trustDomain: 'east.test' },
    text: `fleet.yaml:99:1: error[root-replaced] every root of "east.test" that its peers know was removed, so they would refuse its new SVIDs and could not poll the new root
  hint: restore the old file, such as from Git, and add a new root to it: npx cdk8s-spire root east --rotate; if nothing was applied yet, delete the output folder instead`,
  },
  'pin-overwrites': {
    facts: { cluster: 'cluster2', peer: 'cluster1', changed: 'URL' },
    text: `fleet.yaml:99:1: error[pin-overwrites] the URL of the bundle endpoint changed, so "cluster1" replaces the bundle that it polled with the pinned bundle
  hint: update the pinned bundle first: npx cdk8s-spire bundle pull cluster2; if nothing was applied yet, delete the output folder instead`,
  },
  'cluster-removed': {
    facts: { cluster: 'cluster2', trustDomain: 'cluster2.demo' },
    text: `fleet.yaml:99:1: error[cluster-removed] cluster "cluster2" was removed from the fleet, but its objects stay in the cluster, and its peers keep the bundle of "cluster2.demo"
  hint: write it again, end its federations with ended: true, then remove it; if nothing was applied yet, delete the output folder instead`,
  },
  'nested-in-federation': {
    facts: { cluster: 'west', upper: 'east' },
    text: `fleet.yaml:99:1: error[nested-in-federation] "west" is nested under "east", which federates for both
  hint: write east instead, or remove west if east is already listed`,
  },
  'nested-upper-unfit': {
    facts: { cluster: 'west', upper: 'east', lacks: 'serverApi', upperAt: EAST },
    text: `fleet.yaml:99:1: error[nested-upper-unfit] "west" cannot be nested under "east" (3:3), which has no serverApi
  hint: add to east the address at which west reaches its SPIRE server, such as serverApi: { address: 192.0.2.30 }`,
  },
  'nested-ca-too-long': {
    facts: { caTtl: '48h', upper: 'east', upperCaTtl: '24h' },
    text: `fleet.yaml:99:1: error[nested-ca-too-long] caTtl 48h is longer than the caTtl 24h of "east", whose server signs this CA
  hint: lower caTtl to 24h or less, or raise the caTtl of east`,
  },
  'nested-root-shared': {
    facts: { owner: 'east', fingerprint: '5B:21:…' },
    text: `fleet.yaml:99:1: error[nested-root-shared] the root 5B:21:… is also used by the trust domain of "east", so every SVID of that trust domain would be accepted as the certificate of a nested server
  hint: use a separate root, which signs nothing else; create one with: npx cdk8s-spire root`,
  },
  'waiver-refused': {
    facts: { rule: 'private-key-in-file' },
    text: `fleet.yaml:99:1: error[waiver-refused] the rule "private-key-in-file" cannot be waived
  hint: fix the problem that the rule reports, and remove the waiver`,
  },
  'waiver-unused': {
    facts: { rule: 'kubelet-unverified' },
    text: `fleet.yaml:99:1: error[waiver-unused] the rule "kubelet-unverified" reports no problem at this place
  hint: remove the waiver, or correct the place in at`,
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
    text: `fleet.yaml:99:1: error[broken-manifest] this manifest cannot be applied: Map keys must be unique
  hint: run synth to write it again, or compare with a commit in which it is valid`,
  },
  'object-twice': {
    facts: { object: 'Namespace shop', first: 'east/namespaces/shop.yaml' },
    text: `fleet.yaml:99:1: error[object-twice] "east/namespaces/shop.yaml" defines the object Namespace shop too
  hint: remove one of the two; which one a cluster gets depends on the order of applying`,
  },
  'no-output': {
    facts: { command: 'npm run synth' },
    text: `fleet.yaml:99:1: error[no-output] this folder does not exist
  hint: create it with npm run synth, or name another folder with --output`,
  },
  'foreign-folder': {
    facts: {},
    text: `fleet.yaml:99:1: error[foreign-folder] this folder contains no output of cdk8s-spire
  hint: name the folder that contains README.md, fleet.lock.yaml and the folders of the clusters`,
  },
  'output-too-large': {
    facts: { files: 3, bytes: 400, maxFiles: 2, maxBytes: 300 },
    text: `fleet.yaml:99:1: error[output-too-large] 3 files with at least 400 bytes exceed the limit of 2 files and 300 bytes
  hint: check that the folder contains only the output`,
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
    facts: { restore: 'git checkout HEAD -- dist/fleet.lock.yaml', reason: 'it contains no cluster' },
    text: `fleet.yaml:99:1: error[damaged-lock] this lock file cannot be read: it contains no cluster; synth needs it to compare the fleet with the last synthesis
  hint: restore it from Git, and synthesize again: git checkout HEAD -- dist/fleet.lock.yaml; if nothing was applied yet, delete it instead`,
  },
  'extra-output': {
    facts: { command: 'npm run synth', folder: 'dist' },
    text: `fleet.yaml:99:1: error[extra-output] the fleet no longer produces this file
  hint: update the output with npm run synth and commit dist/`,
  },
  'unseeded-bundle': {
    facts: { cluster: 'east' },
    text: `fleet.yaml:99:1: error[unseeded-bundle] the fleet has neither a root nor a bundle of "east", so its peers refuse federated entries until their first poll succeeds
  hint: add its root, such as trust: { root: trust/example.org.pem }; peers use it as the first bundle`,
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
    ).toBe(`fleet.yaml:99:1: error[unknown-value] expected "https_spiffe" or "https_web", got the string "https-web"
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
    ).toBe(`fleet.yaml:99:1: error[call-without-federation] "shop" on "east" calls "bank" on "west", but their federation has ended
  hint: remove the call, or remove ended: true from the federation`);
  });

  test('names the missing key alone when there is no example of its value', () => {
    expect(
      textOf('missing-key', { key: 'metadata', of: 'a Pod' }),
    ).toBe(`fleet.yaml:99:1: error[missing-key] a Pod needs the key "metadata"
  hint: add metadata`);
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
    ).toBe(`fleet.yaml:99:1: error[exclusive-keys] exactly one of the keys "preset", "image" or "pods" is required
  hint: add one of them`);
  });

  test('names no second place when there is none', () => {
    const facts = { key: 'replicas', because: 'only a workload with image has replicas' };
    expect(
      textOf('not-applicable', facts),
    ).toBe(`fleet.yaml:99:1: error[not-applicable] "replicas" is not applicable: only a workload with image has replicas
  hint: remove replicas`);
  });

  test('says that an agent is too old', () => {
    const facts = { agent: '1.13.0', server: '1.15.3', rule: 'older' as const };
    expect(
      textOf('version-skew', facts),
    ).toBe(`fleet.yaml:99:1: error[version-skew] agent 1.13.0 is more than one minor version older than its server 1.15.3
  hint: set agent to the server's version or to the minor version before it; upgrade servers first`);
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
