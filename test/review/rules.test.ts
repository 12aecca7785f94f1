/** Each rule of risk sees what it is for, and label changes are harmless where labels mean nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Risk } from '../../lib/review/risk';
import { RISK_RULES } from '../../lib/review/rules/catalog';
import { judgedChanges, object } from './sides';

/** What a rule is for, and what it must say of it; `undefined` is an output without the object. */
interface Case {
  readonly rule: string;
  readonly before?: string;
  readonly after?: string;
  readonly says: string | RegExp;
  /** @default east/some/file.yaml */
  readonly file?: string;
  /** Further files, of the state after. */
  readonly comes?: Readonly<Record<string, string>>;
}

const core = (kind: string, more = '', name = 'it'): string => object('v1', kind, more, name);
const apps = (kind: string, more: string, name = 'it'): string => object('apps/v1', kind, more, name);
const istio = (kind: string, more: string): string => object('networking.istio.io/v1', kind, more);
const security = (kind: string, more: string): string => object('security.istio.io/v1', kind, more);
const spire = (kind: string, more: string): string => object('spire.spiffe.io/v1alpha1', kind, more);
const server = (more: string): string =>
  core('ConfigMap', `data:\n  server.conf: |\n    server: { x: 1 }\n    ${more}\n`);
const database = (more: string): string => server(`DataStore: [{ sql: { plugin_data: { ${more} } } }]`);
const running = (image: string): string =>
  apps('StatefulSet', `spec: { template: { spec: { containers: [{ name: a, image: ${image} }] } } }`, 'spire');
const spireServer = (version: string): string =>
  running(`ghcr.io/spiffe/spire-server:${version}`).replaceAll('name: spire,', 'name: spire-server,');
const spireAgent = (version: string): string =>
  running(`ghcr.io/spiffe/spire-agent:${version}`).replaceAll('name: spire,', 'name: spire-agent,');
const crd = (more: string): string =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `spec:\n  versions: [${more}]\n`);
const kustomization = (more: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${more}\n`;
const peer = (more: string): string =>
  spire('ClusterFederatedTrustDomain', `spec: { trustDomain: west.test, ${more} }`);
const intermediate = (more: string): string => object('cert-manager.io/v1', 'Certificate', `spec: { ${more} }`);
const id = (more: string): string => spire('ClusterSPIFFEID', `spec: { ${more} }`);
const admits = (...principals: readonly string[]): string =>
  security(
    'AuthorizationPolicy',
    `spec: { rules: [{ from: [{ source: { principals: [${principals.join(', ')}] } }] }] }`,
  );
const root = (fingerprints: string, pem: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: spire-server-root\n  annotations: { cdk8s-spire/x509-authorities: ${fingerprints} }\ndata: { root.pem: ${pem} }\n`;

const flux = (more: string): string => object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `spec: { ${more} }`);
const annotated = (annotation: string): string =>
  core('ServiceAccount').replace('namespace: shop', `namespace: shop, annotations: { ${annotation} }`);

const CASES: readonly Case[] = [
  // destructive
  {
    rule: 'trust-domain-renamed',
    before: server('trust_domain: a.test'),
    after: server('trust_domain: b.test'),
    says: /^trust domain a\.test -> b\.test: the server needs an empty datastore/,
  },
  {
    rule: 'trust-domain-renamed',
    before: object('install.istio.io/v1alpha1', 'IstioOperator', 'spec: { meshConfig: { trustDomain: a.test } }'),
    after: object('install.istio.io/v1alpha1', 'IstioOperator', 'spec: { meshConfig: { trustDomain: b.test } }'),
    says: /-> b\.test/,
  },
  {
    rule: 'trust-domain-renamed',
    before: 'meshConfig: { trustDomain: a.test }',
    after: 'meshConfig: { trustDomain: b.test }',
    says: /-> b\.test/,
  },
  { rule: 'data-removed', before: core('Namespace'), says: /everything in it/ },
  { rule: 'data-removed', before: apps('StatefulSet', ''), says: /start with empty volumes/ },
  { rule: 'data-removed', before: crd(''), says: /every object of its kind/ },
  {
    rule: 'service-family',
    before: core('Service', 'spec: { ipFamilies: [IPv4] }'),
    after: core('Service', 'spec: { ipFamilies: [IPv6] }'),
    says: /^the API server refuses IPv6 for an existing Service, it was IPv4; /,
  },
  {
    rule: 'service-family',
    before: core('Service', 'spec: { type: LoadBalancer }'),
    after: core('Service', 'spec: { type: LoadBalancer, ipFamilies: [IPv6] }'),
    says: /refuses IPv6 for an existing Service, unless that is the first family of its cluster;/,
  },
  {
    rule: 'service-family-named',
    before: core('Service', 'spec: { type: LoadBalancer }'),
    after: core('Service', 'spec: { type: LoadBalancer, ipFamilies: [IPv4] }'),
    says: /^sets IPv4; if that is not the first family of the cluster/,
  },
  {
    rule: 'service-family-named',
    before: core('Service', 'spec: { loadBalancerIP: "2001:db8::1" }'),
    after: core('Service', 'spec: { loadBalancerIP: "2001:db8::1", ipFamilies: [IPv6] }'),
    says: /^sets IPv6/,
  },
  {
    rule: 'immutable-field',
    before: core('Service', 'spec: { loadBalancerClass: a }'),
    after: core('Service', 'spec: { loadBalancerClass: b }'),
    says: /spec\.loadBalancerClass/,
  },
  {
    rule: 'immutable-field',
    before: apps('StatefulSet', 'spec: { serviceName: a, replicas: 1 }'),
    after: apps('StatefulSet', 'spec: { serviceName: b, replicas: 2 }'),
    says: /^the API server refuses to change spec\.serviceName; /,
  },
  {
    rule: 'immutable-field',
    before: apps('StatefulSet', 'spec: { volumeClaimTemplates: [{ spec: { size: 1 } }] }'),
    after: apps('StatefulSet', 'spec: { volumeClaimTemplates: [{ spec: { size: 2 } }] }'),
    says: /volumeClaimTemplates/,
  },
  {
    rule: 'immutable-field',
    before: apps('Deployment', 'spec: { selector: { a: b } }'),
    after: apps('Deployment', 'spec: { selector: { a: c } }'),
    says: /spec\.selector\.a/,
  },
  {
    rule: 'immutable-field',
    before: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: { name: a }'),
    after: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'roleRef: { name: b }'),
    says: /roleRef\.name/,
  },
  {
    rule: 'immutable-field',
    before: core('ConfigMap', 'immutable: true\ndata: { a: b }'),
    after: core('ConfigMap', 'immutable: true\ndata: { a: c }'),
    says: /data\.a/,
  },
  {
    rule: 'crd-version-removed',
    before: crd('{ name: v1, served: true }, { name: v2, served: true }'),
    after: crd('{ name: v2, served: true }'),
    says: 'version v1 is removed or no longer served: objects stored in it can no longer be read',
  },
  {
    rule: 'crd-version-removed',
    before: crd('{ name: v1, served: true }'),
    after: crd('{ name: v1, served: false }'),
    says: /^version v1 is removed or no longer served/,
  },
  {
    rule: 'spire-version-step',
    before: spireServer('1.14.6'),
    after: spireServer('1.13.4'),
    says: /^1\.13\.4 refuses the datastore that 1\.14\.6 migrated/,
  },
  {
    rule: 'spire-version-step',
    before: spireServer('1.13.4'),
    after: spireServer('1.15.3'),
    says: /skips a minor version/,
  },
  {
    rule: 'delivery-removed',
    before: object('argoproj.io/v1alpha1', 'Application'),
    says: /can be deleted too/,
    file: 'argocd/east.yaml',
  },
  {
    rule: 'not-applied',
    before: kustomization(''),
    after: kustomization('resources: [gone.yaml]'),
    says: /^gone\.yaml is listed but does not exist/,
    file: 'east/kustomization.yaml',
  },
  {
    rule: 'never-applied',
    before: kustomization(''),
    after: kustomization(''),
    comes: { 'east/mine.yaml': core('ConfigMap') },
    says: 'mine.yaml was added but is not listed: nothing applies it',
    file: 'east/kustomization.yaml',
  },
  ...['prune', 'force'].map((key) => ({
    rule: 'metadata-prune',
    before: annotated('example.org/x: y'),
    after: annotated(`kustomize.toolkit.fluxcd.io/${key}: disabled`),
    says: new RegExp(`^kustomize.toolkit.fluxcd.io/${key} is added`),
  })),
  {
    rule: 'metadata-prune',
    before: annotated('argocd.argoproj.io/sync-options: Prune=false'),
    after: annotated('argocd.argoproj.io/sync-options: Replace=true'),
    says: /^argocd.argoproj.io\/sync-options changes/,
  },
  {
    rule: 'metadata-prune',
    after: annotated('config.kubernetes.io/local-config: "true"'),
    says: /^config.kubernetes.io\/local-config is added/,
  },
  {
    rule: 'not-applied',
    before: kustomization('namePrefix: x'),
    says: 'its objects are no longer applied, and are pruned',
    file: 'east/kustomization.yaml',
  },
  ...[
    ['path: a', 'path: b', /no longer applies/],
    ['targetNamespace: a', 'x: y', /no longer applies/],
    ['deletionPolicy: Orphan', 'deletionPolicy: Delete', /no longer applies/],
    ['prune: false', 'prune: true', /are now deleted/],
    ['prune: true', 'x: y', /are now deleted/],
  ].map(([before, after, says]) => ({
    rule: 'delivery-target',
    before: flux(`${before}`),
    after: flux(`${after}`),
    says: says as RegExp,
    file: 'flux/east.yaml',
  })),
  {
    rule: 'delivery-target',
    before: kustomization('namespace: a'),
    after: kustomization('namespace: b'),
    says: 'all objects get another name or namespace: namespace',
    file: 'east/kustomization.yaml',
  },
  // trust
  ...['url: b', 'ref: { branch: b }', 'verify: { mode: HEAD }', 'sourceRef: { name: b }', 'decryption: { a: b }'].map(
    (after) => ({
      rule: 'delivery-source',
      before: flux('interval: 1m'),
      after: flux(after),
      says: /^the applied objects come from another source/,
      file: 'flux/east.yaml',
    }),
  ),
  ...['repoURL: b', 'sourceRepos: [b]'].map((after) => ({
    rule: 'delivery-source',
    after: object('argoproj.io/v1alpha1', 'Application', `spec: { source: { ${after} } }`),
    says: /^the applied objects come from another source/,
    file: 'argocd/east.yaml',
  })),
  ...['patches: [{ a: b }]', 'configMapGenerator: [{ a: b }]', 'resources: ["https://example.org/x?ref=main"]'].flatMap(
    (after) =>
      [undefined, kustomization('')].map((before) => ({
        rule: 'delivery-source',
        before,
        after: kustomization(after),
        says: /^the applied objects come from another source/,
        file: 'east/kustomization.yaml',
      })),
  ),
  { rule: 'federation', after: peer('className: spire'), says: 'east trusts west.test' },
  {
    rule: 'federation',
    before: peer('className: spire'),
    says: /^east no longer trusts west\.test; its server keeps the bundle/,
  },
  {
    rule: 'federation',
    before: peer('bundleEndpointURL: https://a'),
    after: peer('bundleEndpointURL: https://b'),
    says: 'the bundle of west.test is polled from https://b',
  },
  {
    rule: 'federation',
    before: peer('trustDomainBundle: a'),
    after: peer('trustDomainBundle: b'),
    says: /the first bundle of \S+ for east changes/,
  },
  {
    rule: 'federates-with',
    before: id('federatesWith: [a.test]'),
    after: id('federatesWith: [a.test, b.test]'),
    says: 'its pods trust b.test',
  },
  {
    rule: 'federates-with',
    before: id('federatesWith: [a.test]'),
    after: id('className: spire'),
    says: 'its pods no longer trust a.test',
  },
  { rule: 'identity', after: id('spiffeIDTemplate: "spiffe://a/b"'), says: 'issues spiffe://a/b' },
  { rule: 'identity', before: id('spiffeIDTemplate: "spiffe://a/b"'), says: 'no longer issues spiffe://a/b' },
  {
    rule: 'identity',
    before: id('spiffeIDTemplate: "spiffe://a/b"'),
    after: id('spiffeIDTemplate: "spiffe://a/c"'),
    says: 'issues spiffe://a/c instead of spiffe://a/b',
  },
  {
    rule: 'identity',
    before: id('className: spire'),
    after: id('className: spire, admin: true'),
    says: 'admin of the identity changes',
  },
  {
    rule: 'identity-selectors',
    before: id('podSelector: { matchLabels: { a: b, c: d } }'),
    after: id('podSelector: { matchLabels: { a: b } }'),
    says: 'a condition was removed: more pods can get the identity',
  },
  {
    rule: 'identity-selectors',
    before: id('workloadSelectorTemplates: [a, b]'),
    after: id('workloadSelectorTemplates: [a]'),
    says: /more pods/,
  },
  {
    rule: 'identity-selectors',
    before: id('podSelector: { matchLabels: { a: b } }'),
    after: id('podSelector: { matchLabels: { a: b, c: d } }'),
    says: /pods can lose/,
  },
  {
    rule: 'identity-selectors',
    before: id('podSelector: { matchLabels: { a: b } }'),
    after: id('podSelector: { matchLabels: { a: c } }'),
    says: /other pods get the identity/,
  },
  { rule: 'root-changed', before: root('AA', 'a'), after: root('BB', 'b'), says: /^all previous roots are removed/ },
  { rule: 'root-changed', before: root('AA', 'a'), after: root('AA BB', 'b'), says: /^a root is added/ },
  { rule: 'root-changed', before: root('AA BB', 'a'), after: root('BB', 'b'), says: /^a root is removed/ },
  {
    rule: 'root-changed',
    before: server('ca_ttl: 1h'),
    after: server('ca_ttl: 2h'),
    says: /lifetime of the next CA of the server changes/,
  },
  {
    rule: 'root-changed',
    before: server('UpstreamAuthority: [{ disk: {} }]'),
    after: server('UpstreamAuthority: [{ other: {} }]'),
    says: /^another authority signs the next CA of the server; peers refuse its SVIDs unless/,
  },
  {
    rule: 'intermediate-certificate',
    after: intermediate('issuerRef: { name: a }'),
    says: /^cert-manager replaces the intermediate CA in the Secret/,
  },
  {
    rule: 'intermediate-certificate',
    before: intermediate('issuerRef: { name: a }'),
    says: /^cert-manager no longer renews the intermediate CA/,
  },
  {
    rule: 'intermediate-certificate',
    before: intermediate('issuerRef: { name: a }'),
    after: intermediate('issuerRef: { name: b }'),
    says: /^another issuer signs the intermediate CA: .* refuses it unless it leads to the root$/,
  },
  {
    rule: 'intermediate-certificate',
    before: intermediate('duration: 24h'),
    after: intermediate('duration: 48h'),
    says: /^cert-manager issues the intermediate CA anew/,
  },
  {
    rule: 'server-state',
    before: database('connection_string: /var/a.sqlite3, database_type: sqlite3'),
    after: database('connection_string: host=a port=1 dbname=b, database_type: postgres'),
    says: /^another database has no entries and no agents/,
  },
  {
    rule: 'server-state',
    before: database('connection_string: "u:p@tcp(a:1)/b?tls=true"'),
    after: database('connection_string: "u:p@tcp(a:1)/c?tls=true"'),
    says: /^another database has no entries and no agents/,
  },
  {
    rule: 'server-state',
    before: database('connection_string: host=a port=1 dbname=b sslmode=verify-full'),
    after: database('connection_string: host=a port=1 dbname=b sslmode=disable'),
    says: /^the server signs in to the same database, or verifies it, in another way; .* others can pose as the database$/,
  },
  {
    rule: 'server-state',
    before: database('connection_string: "u:p@tcp(a:1)/b?tls=true"'),
    after: database('connection_string: "v@tcp(a:1)/b?tls=skip-verify"'),
    says: /^the server signs in to the same database/,
  },
  {
    rule: 'server-state',
    before: server('KeyManager: [{ disk: { plugin_data: { keys_path: a } } }]'),
    after: server('KeyManager: [{ memory: { plugin_data: {} } }]'),
    says: /^the keys of the CA are not carried over: the server creates a new CA/,
  },
  {
    rule: 'server-trust',
    before: server('admin_ids: []'),
    after: server('admin_ids: [spiffe://a.test/admin]'),
    says: 'other SPIFFE IDs may do everything in the API of the server',
  },
  {
    rule: 'server-trust',
    before: server('jwt_key_type: ec-p256'),
    after: server('jwt_key_type: rsa-2048'),
    says: /^the type of the next key that signs JWT-SVIDs changes/,
  },
  {
    rule: 'server-trust',
    before: server('disable_jwt_svids: false'),
    after: server('disable_jwt_svids: true'),
    says: /^the server signs JWT-SVIDs and publishes keys for them, or no longer does/,
  },
  {
    rule: 'server-trust',
    before: server('experimental: {}'),
    after: server('experimental: { require_pq_kem: true }'),
    says: /^TLS connections without a post-quantum key exchange are refused/,
  },
  {
    rule: 'server-trust',
    before: server('NodeAttestor: [a]'),
    after: server('NodeAttestor: [b]'),
    says: /the server attests nodes in another way/,
  },
  {
    rule: 'server-trust',
    before: server('SVIDStore: [a]'),
    after: server('SVIDStore: [b]'),
    says: /^agents keep copies of SVIDs and their keys in another place/,
  },
  {
    rule: 'server-trust',
    before: server('plugins: { BundlePublisher: { aws_s3: { bucket: a } } }'),
    after: server('plugins: { BundlePublisher: { aws_s3: { bucket: b } } }'),
    says: /does not update or remove a copy that it leaves/,
  },
  {
    rule: 'server-trust',
    before: server('plugins: {}'),
    after: server('plugins: { CredentialComposer: { uniqueid: {} } }'),
    says: /a plugin changes what the server writes into SVIDs/,
  },
  {
    rule: 'server-trust',
    before: server('ignoreNamespaces: [a]'),
    after: server('ignoreNamespaces: [b]'),
    says: /pods get no identity/,
  },
  {
    rule: 'peer-identity',
    before: istio('DestinationRule', 'spec: { trafficPolicy: { tls: { subjectAltNames: ["spiffe://a"] } } }'),
    after: istio('DestinationRule', 'spec: { trafficPolicy: { tls: { subjectAltNames: ["spiffe://b"] } } }'),
    says: 'the server must have the SPIFFE ID spiffe://b',
  },
  ...[
    ['spiffe://a', /^the server can no longer have the SPIFFE ID spiffe:\/\/b$/],
    ['', /^the SPIFFE ID of the server is no longer verified$/],
  ].map(([name, says]) => ({
    rule: 'peer-identity',
    before: istio(
      'DestinationRule',
      'spec: { trafficPolicy: { tls: { subjectAltNames: ["spiffe://a", "spiffe://b"] } } }',
    ),
    after: istio('DestinationRule', `spec: { trafficPolicy: { tls: { subjectAltNames: [${name}] } } }`),
    says: says as RegExp,
  })),
  {
    rule: 'identity-selectors',
    before: id('podSelector: { matchExpressions: [{ key: a, operator: In, values: [a] }] }'),
    after: id('podSelector: { matchExpressions: [{ key: a, operator: In, values: [a, b] }] }'),
    says: 'other pods get the identity',
  },
  {
    rule: 'identity-selectors',
    before: id('podSelector: { matchExpressions: [{ key: a, operator: Exists }, { key: b, operator: Exists }] }'),
    after: id('podSelector: { matchExpressions: [{ key: b, operator: Exists }] }'),
    says: /more pods/,
  },
  {
    rule: 'peer-identity',
    before: istio('DestinationRule', 'spec: { trafficPolicy: { tls: { subjectAltNames: ["spiffe://a"] } } }'),
    after: istio('DestinationRule', 'spec: { trafficPolicy: { tls: {} } }'),
    says: /the SPIFFE ID of the server is no longer verified/,
  },
  { rule: 'partner-page', before: 'a', after: 'b', says: /^send it to its operator/, file: 'partners/bank.md' },
  {
    rule: 'mesh-trust',
    before: 'sidecarInjectorWebhook: { templates: { spire: a } }',
    after: 'sidecarInjectorWebhook: { templates: { spire: b } }',
    says: /^pods mount the socket of SPIRE in another way/,
  },
  {
    rule: 'federation',
    before: peer('className: spire'),
    after: peer('className: other'),
    says: 'another controller manager reconciles it, or none',
  },
  // trust, of settings that are removed or added with their parent
  {
    rule: 'peer-identity',
    before: istio(
      'DestinationRule',
      'spec: { trafficPolicy: { tls: { mode: SIMPLE, subjectAltNames: ["spiffe://a"] } } }',
    ),
    after: istio('DestinationRule', 'spec: { host: a }'),
    says: 'the verification of the server changes',
  },
  {
    rule: 'server-trust',
    before: server('federation: { bundle_endpoint: { port: 1 } }'),
    after: server('x: y'),
    says: 'peers get the bundle of this trust domain in another way',
  },
  {
    rule: 'server-trust',
    before: server('federation: { bundle_endpoint: { port: 1 } }'),
    after: core('ConfigMap', 'data: { x: y }'),
    says: 'peers get the bundle of this trust domain in another way',
  },
  // access
  { rule: 'authorization', before: admits('a', 'b'), after: admits('b', 'c'), says: 'now allows c' },
  { rule: 'authorization', before: admits('a', 'b'), after: admits('b', 'c'), says: 'no longer allows a' },
  { rule: 'authorization', before: admits('a'), says: /its pods allow every caller/ },
  { rule: 'authorization', after: admits('a'), says: 'only these callers are allowed: a' },
  { rule: 'authorization', after: security('AuthorizationPolicy', 'spec: { action: DENY }'), says: /denies callers/ },
  {
    rule: 'authorization',
    before: security('AuthorizationPolicy', 'spec: { selector: { a: b } }'),
    after: security('AuthorizationPolicy', 'spec: { selector: { a: c } }'),
    says: /the allowed calls change/,
  },
  {
    rule: 'mutual-tls',
    before: security('PeerAuthentication', 'spec: { mtls: { mode: STRICT } }'),
    after: security('PeerAuthentication', 'spec: { mtls: { mode: PERMISSIVE } }'),
    says: 'the mode of mutual TLS is PERMISSIVE instead of STRICT',
  },
  {
    rule: 'rbac',
    before: object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{ verbs: [get] }]'),
    after: object('rbac.authorization.k8s.io/v1', 'Role', 'rules: [{ verbs: [get, list] }]'),
    says: 'grants more permissions in the Kubernetes API',
  },
  {
    rule: 'gateway',
    before: istio('Gateway', 'spec: { servers: [{ tls: { subjectAltNames: [a] } }] }'),
    after: istio('Gateway', 'spec: { servers: [{ tls: { subjectAltNames: [a, b] } }] }'),
    says: /the SPIFFE IDs that the gateway accepts change: \+ b/,
  },
  {
    rule: 'gateway',
    after: istio('VirtualService', 'spec: { hosts: [shop.test] }'),
    says: 'accepts requests from outside for shop.test',
  },
  { rule: 'egress', after: istio('ServiceEntry', 'spec: { hosts: [shop.test] }'), says: 'pods can reach shop.test' },
  {
    rule: 'network-policy',
    before: object('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {}'),
    says: /no longer allows/,
  },
  {
    rule: 'admission',
    before: object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'spec: { a: 1 }'),
    after: object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'spec: { a: 2 }'),
    says: /accept or refuse other objects/,
  },
  {
    rule: 'exposure',
    before: core('Service', 'spec: { type: ClusterIP }'),
    after: core('Service', 'spec: { type: LoadBalancer }'),
    says: /its port, its address/,
  },
  {
    rule: 'exposure',
    before: object('metallb.io/v1beta1', 'IPAddressPool', 'spec: { addresses: [a] }'),
    after: object('metallb.io/v1beta1', 'IPAddressPool', 'spec: { addresses: [b] }'),
    says: /Services can get other addresses/,
  },
  {
    rule: 'pod-security',
    before:
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce: restricted } }',
    after:
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce: privileged } }',
    says: 'pod-security.kubernetes.io/enforce is privileged instead of restricted',
  },
  {
    rule: 'pod-security',
    before: apps('DaemonSet', 'spec: { template: { spec: { hostNetwork: false } } }'),
    after: apps('DaemonSet', 'spec: { template: { spec: { hostNetwork: true } } }'),
    says: /their access to the node/,
  },
  {
    rule: 'pod-security',
    before: running('a'),
    after: running('a').replace('[{', '[{ name: sidecar, image: b, securityContext: { privileged: true } }, {'),
    says: /their access to the node/,
  },
  {
    rule: 'pod-security',
    before: running('a'),
    after: running('a').replace('containers:', 'volumes: [{ name: a, hostPath: { path: / } }], containers:'),
    says: /their access to the node/,
  },
  {
    rule: 'pod-security',
    before:
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce: restricted } }',
    after: 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }',
    says: 'pod-security.kubernetes.io/enforce is not set instead of restricted',
  },
  {
    rule: 'authorization',
    before: admits('a'),
    after: security('AuthorizationPolicy', 'spec: { rules: [{}] }'),
    says: 'now allows every caller that matches the rest of the rule',
  },
  {
    rule: 'authorization',
    before: admits('a'),
    after: security('AuthorizationPolicy', 'spec: { selector: {} }'),
    says: 'no longer allows a',
  },
  {
    rule: 'mesh-access',
    before: 'meshConfig: { outboundTrafficPolicy: { mode: REGISTRY_ONLY } }',
    after: 'meshConfig: { outboundTrafficPolicy: { mode: ALLOW_ANY } }',
    says: 'the hosts outside the mesh that pods can reach change',
  },
  ...['istio.io/dry-run', 'istio.io/rev', 'kustomize.toolkit.fluxcd.io/reconcile', 'eks.amazonaws.com/role-arn'].map(
    (key) => ({
      rule: 'metadata-switch',
      before: annotated(`${key}: a`),
      after: core('ServiceAccount'),
      says: `${key} is removed: it can disable the object or change the rights that it grants`,
    }),
  ),
  {
    rule: 'metadata-switch',
    after: annotated('istio.io/dry-run: "true"').replaceAll('ServiceAccount', 'AuthorizationPolicy'),
    says: /^istio.io\/dry-run is added/,
  },
  ...['hostPID: true', 'containers: [{ name: a, securityContext: { privileged: true } }]'].map((spec) => ({
    rule: 'pod-security',
    after: apps('DaemonSet', `spec: { template: { spec: { ${spec} } } }`),
    says: /^its pods have access to their node: (hostPID|privileged)$/,
  })),
  {
    rule: 'pod-security',
    after:
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: a, labels: { pod-security.kubernetes.io/enforce: privileged } }',
    says: /^pod-security.kubernetes.io\/enforce is privileged/,
  },
  {
    rule: 'exposure',
    after: core('Service', 'spec: { externalIPs: [192.0.2.1] }'),
    says: 'is reachable from outside the cluster',
  },
  {
    rule: 'exposure',
    after: core('Service', 'spec: { type: ExternalName, externalName: elsewhere.test }'),
    says: 'is an alias of elsewhere.test',
  },
  // rollout
  { rule: 'images', before: running('r/a:1'), after: running('r/a:2'), says: 'r/a:1 -> r/a:2' },
  {
    rule: 'pod-template',
    before: apps('StatefulSet', 'spec: { replicas: 3, template: { spec: { a: 1 } } }', 'spire-server'),
    after: apps('StatefulSet', 'spec: { replicas: 3, template: { spec: { a: 2 } } }', 'spire-server'),
    says: /the servers restart one after another/,
  },
  {
    rule: 'disruption-budget',
    after: object('policy/v1', 'PodDisruptionBudget', 'spec: { maxUnavailable: 1 }'),
    says: /^a node drain can evict fewer/,
  },
  {
    rule: 'disruption-budget',
    before: object('policy/v1', 'PodDisruptionBudget', 'spec: { maxUnavailable: 1 }'),
    says: /^a node drain can evict all/,
  },
  {
    rule: 'autoscaler',
    after: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: { maxReplicas: 5 }'),
    says: 'it now sets the number of pods',
  },
  {
    rule: 'autoscaler',
    before: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: { maxReplicas: 5 }'),
    after: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: { maxReplicas: 7 }'),
    says: 'the number of pods can change',
  },
  {
    rule: 'autoscaler',
    before: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'spec: { maxReplicas: 5 }'),
    says: 'the number of pods is no longer adjusted',
  },
  {
    rule: 'autoscaler',
    before: apps('StatefulSet', 'spec: { replicas: 3, serviceName: a }', 'spire-server'),
    after: apps('StatefulSet', 'spec: { serviceName: a }', 'spire-server'),
    says: /only one pod runs/,
  },
  {
    rule: 'pod-template',
    before: apps('StatefulSet', 'spec: { template: { spec: { a: 1 } } }', 'spire-server'),
    after: apps('StatefulSet', 'spec: { template: { spec: { a: 2 } } }', 'spire-server'),
    says: /the servers restart one after another/,
  },
  { rule: 'pod-template', before: running('r/a:1'), after: running('r/a:2'), says: /^its pods are replaced/ },
  {
    rule: 'server-trust',
    before: core('ConfigMap', 'data:\n  config.yaml: |\n    className: a\n    entryIDPrefix: b\n'),
    after: core('ConfigMap', 'data:\n  config.yaml: |\n    className: c\n    entryIDPrefix: b\n'),
    says: /^the controller manager deletes the entries of resources of the old class/,
  },
  {
    rule: 'server-trust',
    before: core('ConfigMap', 'data:\n  config.yaml: |\n    className: a\n'),
    after: core('ConfigMap', 'data:\n  config.yaml: |\n    className: a\n    entryIDPrefix: b\n'),
    says: /^entries with another prefix stay as they are and keep new ones out/,
  },
  {
    rule: 'svid-renewal',
    before: id('ttl: 4h'),
    after: id('ttl: 1h'),
    says: 'new X.509-SVIDs live for 1h in place of 4h; those that exist keep their life',
  },
  {
    rule: 'svid-renewal',
    before: id(''),
    after: id('jwtTtl: 2m'),
    says: "new JWT-SVIDs live for 2m in place of the server's default; those that exist keep their life",
  },
  {
    rule: 'svid-renewal',
    before: server('agent: { availability_target: 24h }'),
    after: server('agent: { availability_target: 48h }'),
    says: /^agents renew SVIDs at another point of their life/,
  },
  {
    rule: 'server-trust',
    before: server('agent: { trust_bundle_path: a }'),
    after: server('agent: { trust_bundle_url: "https://trust.test/b" }'),
    says: /^agents fetch the bundle by which they first verify their server from another place/,
  },
  {
    rule: 'server-trust',
    before: server('agent: { x: 1 }'),
    after: server('agent: { authorized_delegates: ["spiffe://a.test/b"] }'),
    says: 'the pods that can get the SVIDs of every pod on their node change',
  },
  {
    rule: 'workload-socket',
    before: server('agent: { socket_path: /run/a/socket }'),
    after: server('agent: { socket_path: /run/b/socket }'),
    says: /^running pods keep the old socket/,
  },
  {
    rule: 'server-trust',
    before: server('agent: { rebootstrap_mode: auto }'),
    after: server('agent: { rebootstrap_mode: never }'),
    says: /^agents can accept a server whose CA was lost/,
  },
  {
    rule: 'spire-upgrade-order',
    before: `${spireServer('1.14.6')}\n---\n${spireAgent('1.14.6').replace('StatefulSet', 'DaemonSet')}`,
    after: `${spireServer('1.15.3')}\n---\n${spireAgent('1.15.3').replace('StatefulSet', 'DaemonSet')}`,
    says: 'agent 1.15.3 is newer than the running server, 1.14.6: roll out the server first',
  },
  {
    rule: 'spire-upgrade-order',
    before: `${spireServer('1.15.3')}\n---\n${spireAgent('1.15.3').replace('StatefulSet', 'DaemonSet')}`,
    after: `${spireServer('1.14.6')}\n---\n${spireAgent('1.14.6').replace('StatefulSet', 'DaemonSet')}`,
    says: /^the running agents, 1\.15\.3, are newer than server 1\.14\.6/,
  },
  {
    rule: 'config-map-read',
    before: `${core('ConfigMap', 'data: { a: b }', 'c')}\n---\n${apps('Deployment', 'spec: { template: { spec: { volumes: [{ name: v, configMap: { name: c } }] } } }')}`,
    after: apps('Deployment', 'spec: { template: { spec: { volumes: [] } } }'),
    says: 'nothing in the output reads it',
  },
  {
    rule: 'config-map-read',
    before: `${core('ConfigMap', 'data: { a: b }', 'c')}\n---\n${apps('Deployment', 'spec: { template: { spec: { volumes: [{ name: v, configMap: { name: c } }] } } }')}`,
    after: `${core('ConfigMap', 'data: { a: c }', 'c')}\n---\n${apps('Deployment', 'spec: { template: { spec: { volumes: [{ name: v, configMap: { name: c } }] } } }')}`,
    says: 'Deployment it reads it',
  },
  {
    rule: 'pod-template',
    before: apps('StatefulSet', 'spec: { replicas: 1, template: { spec: { a: 1 } } }', 'spire-server'),
    after: apps('StatefulSet', 'spec: { replicas: 3, template: { spec: { a: 2 } } }', 'spire-server'),
    says: /no new SVIDs are signed while it restarts/,
  },
  {
    rule: 'istio-installation',
    before: object('install.istio.io/v1alpha1', 'IstioOperator', 'spec: { tag: 1.30.2 }'),
    after: object('install.istio.io/v1alpha1', 'IstioOperator', 'spec: { tag: 1.31.4 }'),
    says: /^Istio 1\.30\.2 -> 1\.31\.4/,
  },
  {
    rule: 'delivery',
    after: object('argoproj.io/v1alpha1', 'Application'),
    says: /the source or the settings/,
    file: 'argocd/east.yaml',
  },
  {
    rule: 'custom-resources',
    before: crd('{ name: v1, schema: { a: 1 } }'),
    after: crd('{ name: v1, schema: { a: 2 } }'),
    says: /before the controller/,
  },
  { rule: 'needed-by-pods', before: core('ServiceAccount'), says: 'pods that run as it are refused' },
  {
    rule: 'kustomization-settings',
    before: kustomization(''),
    after: kustomization('namePrefix: x'),
    says: /the objects that it applies/,
    file: 'east/kustomization.yaml',
  },
  // harmless
  {
    rule: 'metrics',
    after: object('monitoring.coreos.com/v1', 'PodMonitor', 'spec: { podMetricsEndpoints: [] }'),
    says: /collects more metrics/,
  },
  {
    rule: 'metrics',
    before: object('monitoring.coreos.com/v1', 'PodMonitor', 'spec: { podMetricsEndpoints: [] }'),
    says: /alerts on their metrics do not fire/,
  },
  { rule: 'not-used-yet', after: core('ServiceAccount'), says: /until another object uses it/ },
  { rule: 'page', before: 'a', after: 'b', says: 'is not applied to a cluster', file: 'README.md' },
  {
    rule: 'metadata-only',
    before: 'apiVersion: v1\nkind: A\nmetadata: { name: a, labels: { app.kubernetes.io/name: b } }',
    after: 'apiVersion: v1\nkind: A\nmetadata: { name: a }',
    says: 'only labels or annotations change',
  },
];

test.each(CASES.map((one) => [`${one.rule}: ${one.says}`, one] as const))('sees %s', (_, one) => {
  const { rule, before, after, says, comes, file = 'east/some/file.yaml' } = one;
  const texts = (text?: string): Record<string, string> => (text === undefined ? {} : { [file]: text });
  const reasons = judgedChanges(texts(before), { ...texts(after), ...comes }).flatMap((change) => change.reasons);
  const { risk } = RISK_RULES.find(({ name }) => name === rule)!;
  const expected = typeof says === 'string' ? says : expect.stringMatching(says);
  expect(reasons).toContainEqual({ rule, risk, says: expected });
});

test('every rule has a file of its own and a case here', () => {
  const names = RISK_RULES.map(({ name }) => name).sort();
  expect([...new Set(CASES.map(({ rule }) => rule))].sort()).toEqual(names);
  const files = readdirSync(join(__dirname, '..', '..', 'lib', 'review', 'rules'));
  expect(names.filter((name) => !files.includes(`${name}.ts`))).toEqual([]);
});

test('the highest risk wins, and every reason is kept', () => {
  const config = (trustDomain: string, ttl: string): string =>
    server(`{ trust_domain: ${trustDomain}, ca_ttl: ${ttl} }`).replace('server: { x: 1 }\n    {', 'server: {');
  const [change] = judgedChanges({ 'east/a.yaml': config('a.test', '1h') }, { 'east/a.yaml': config('b.test', '2h') });
  expect(change?.risk).toBe('destructive');
  expect(change?.reasons.map(({ risk }) => risk)).toEqual(['destructive', 'trust', 'rollout'] satisfies Risk[]);
});

test.each([
  ['IPv4', 'spec: { type: NodePort }', 'harmless'],
  ['IPv6', 'spec: { type: NodePort }', 'destructive'],
  ['IPv6', 'spec: { loadBalancerIP: 192.0.2.1 }', 'destructive'],
])('judges a Service that names %s where it had %s as %s', (family, spec, risk) => {
  const after = core('Service', spec.replace(/ }$/, `, ipFamilyPolicy: SingleStack, ipFamilies: [${family}] }`));
  const [change] = judgedChanges({ 'east/a.yaml': core('Service', spec) }, { 'east/a.yaml': after });
  expect(change?.risk).toBe(risk);
});

test('gives one reason for another key manager, and none of lost keys or another authority for another login', () => {
  const reasonsOf = (before: string, after: string): readonly unknown[] =>
    judgedChanges({ 'east/a.yaml': server(before) }, { 'east/a.yaml': server(after) }).flatMap(({ reasons }) =>
      reasons.map(({ rule }) => rule),
    );
  const vault = (type: string, data: string): string => `${type}: [{ vault: { plugin_data: { ${data} } } }]`;
  expect(
    reasonsOf('KeyManager: [{ memory: { plugin_data: {} } }]', 'KeyManager: [{ disk: { plugin_data: {} } }]'),
  ).toEqual(['server-state', 'config-map-read']);
  for (const type of ['KeyManager', 'UpstreamAuthority']) {
    const before = vault(type, 'vault_addr: a, k8s_auth: { role: a }');
    expect(reasonsOf(before, vault(type, 'vault_addr: a, k8s_auth: { role: b }'))).toEqual(['config-map-read']);
    expect(reasonsOf(before, vault(type, 'vault_addr: b, k8s_auth: { role: a }'))).toHaveLength(2);
  }
});

test('does not rate a change as harmless if no rule covers it', () => {
  const [change] = judgedChanges({}, { 'east/a.yaml': object('example.org/v1', 'Widget') });
  expect([change?.risk, change?.reasons[0]?.rule]).toEqual(['rollout', 'unknown']);
});

test('finds nothing in a new object that names host access and has none', () => {
  const quiet = apps('DaemonSet', 'spec: { template: { spec: { hostPID: false, serviceAccountName: a } } }');
  const reasons = judgedChanges({}, { 'east/a.yaml': quiet, 'east/b.yaml': crd('{ name: hostPath }') }).flatMap(
    (change) => change.reasons,
  );
  expect(reasons.filter(({ rule }) => rule === 'pod-security')).toEqual([]);
});

test.each([
  istio('Gateway', 'spec: { servers: { a: { hosts: [b] } } }'),
  istio('Gateway', 'spec: { servers: [null, { hosts: null }] }'),
  security('AuthorizationPolicy', 'spec: { rules: [null, { from: [null] }, { from: { a: b } }] }'),
  security('AuthorizationPolicy', 'spec: { rules: [{ from: [{ source: { principals: a } }] }] }'),
  security('AuthorizationPolicy', 'spec: null'),
])('rates %j too, which the API server refuses', (text) => {
  const file = 'east/a.yaml';
  const other = text.replace('spec:', 'spec: { action: DENY }\nwas:');
  for (const [before, after] of [
    [{}, { [file]: text }],
    [{ [file]: text }, {}],
    [{ [file]: text }, { [file]: other }],
    [{ [file]: other }, { [file]: text }],
  ] as const) {
    expect(judgedChanges(before, after).map(({ risk }) => risk)).toEqual(['access']);
  }
});

test('does not confuse the path of a patch with the path that Flux applies', () => {
  const patched = (path: string): string => flux(`patches: [{ patch: "- op: remove\\n  path: /${path}\\n" }]`);
  const [change] = judgedChanges({ 'flux/a.yaml': patched('a') }, { 'flux/a.yaml': patched('b') });
  expect(change?.reasons.map(({ rule }) => rule)).toEqual(['delivery-source', 'delivery']);
});

test.each(['labels', 'annotations'])('does not call %s harmless that may mean something to somebody', (kind) => {
  const before = core('ConfigMap');
  const after = before.replace('namespace: shop', `namespace: shop, ${kind}: { example.org/note: x }`);
  const [change] = judgedChanges({ 'east/a.yaml': before }, { 'east/a.yaml': after });
  expect([change?.risk, change?.reasons[0]?.rule]).toEqual(['rollout', 'unknown']);
});

/** Every object of the committed outputs, each kind once. */
const ONE_OF_EACH_KIND = [
  ...new Map(
    ['dist', 'examples/hub-and-spoke/dist', 'examples/partner/dist'].flatMap((folder) =>
      readdirSync(join(__dirname, '..', '..', folder), { recursive: true, encoding: 'utf8' })
        .filter(
          (file) => file.endsWith('.yaml') && !file.endsWith('fleet.lock.yaml') && !file.endsWith('kustomization.yaml'),
        )
        .flatMap((file) => {
          const text = readFileSync(join(__dirname, '..', '..', folder, file), 'utf8');
          return [...parseAllDocuments(text)].map(
            (document) => document.toJS() as { kind?: string; metadata?: { labels?: object } },
          );
        })
        .filter(({ kind }) => kind !== undefined)
        .map((content) => [content.kind!, content] as const),
    ),
  ),
];

test.each(ONE_OF_EACH_KIND)('assesses a %s that is added, removed or gets a label', (_, content) => {
  const file = 'east/some/file.yaml';
  const text = stringify(content);
  const labels = { ...content.metadata?.labels, 'app.kubernetes.io/part-of': 'x' };
  const labelled = stringify({ ...content, metadata: { ...content.metadata, labels } });
  const ruleOf = (before: string, after: string): readonly unknown[] =>
    judgedChanges(before === '' ? {} : { [file]: before }, after === '' ? {} : { [file]: after }).map(
      ({ reasons }) => reasons[0]?.rule,
    );
  expect(ruleOf('', text)).not.toContain('unknown');
  expect(ruleOf(text, '')).not.toContain('unknown');
  expect(judgedChanges({ [file]: text }, { [file]: labelled })[0]?.risk).toBe(
    content.kind === 'IstioOperator' ? 'rollout' : 'harmless',
  );
});

test('accepts objects of any kind, even the kind constructor', () => {
  const of = (kind: string, spec: string): string => object('example.org/v1', kind, `spec: { a: ${spec} }`);
  for (const kind of ['constructor', 'toString', '__proto__']) {
    const side = (value: string): Record<string, string> => ({ 'east/some/file.yaml': of(kind, value) });
    expect(() => judgedChanges(side('b'), side('c'))).not.toThrow();
  }
});
