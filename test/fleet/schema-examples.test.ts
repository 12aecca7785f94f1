/** Each example that editors and hints show can stand where it is shown. */
import { X509Certificate } from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020';
import { checkShape } from '../../lib/fleet/check-shape';
import { renderFleetJsonSchema } from '../../lib/fleet/json-schema';
import { resolve } from '../../lib/model/resolve';
import { isError, type Problem } from '../../lib/problems/problem';
import { trialCa } from '../resolved';
import { NOW } from '../support';
import { makeTrialCa } from '../trial-ca';

interface JsonSchema {
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** `*` is the value of any name, `<name>` the name itself, `[]` an entry of a list. */
type SchemaPath = readonly string[];

function* nodes(schema: JsonSchema, path: SchemaPath = []): Generator<readonly [SchemaPath, JsonSchema]> {
  yield [path, schema];
  for (const [key, inner] of Object.entries(schema.properties ?? {})) yield* nodes(inner, [...path, key]);
  if (typeof schema.additionalProperties === 'object') yield* nodes(schema.additionalProperties, [...path, '*']);
  if (schema.propertyNames !== undefined) yield* nodes(schema.propertyNames, [...path, '<name>']);
  if (schema.items !== undefined) yield* nodes(schema.items, [...path, '[]']);
  for (const one of schema.anyOf ?? []) yield* nodes(one, path);
}

const SCHEMA = JSON.parse(renderFleetJsonSchema()) as JsonSchema;
const EXAMPLES = [...nodes(SCHEMA)].flatMap(([path, { examples = [] }]) =>
  examples.map((example) => ({ key: path.join('.'), path, example })),
);

const isValid = new Ajv2020({ strict: false }).compile(SCHEMA as object);

type Written = Record<string, unknown>;

/** Everything that a key can need around it. */
const base = () => ({
  fleet: 'shop',
  clusters: {
    cluster1: {
      trustDomain: 'cluster1.test',
      bundleEndpoint: { address: 'spire.cluster1.test' },
      gateway: { address: 'mesh.cluster1.test' },
      serverApi: { address: 'api.cluster1.test' },
    },
    cluster2: {
      trustDomain: 'cluster2.test',
      bundleEndpoint: { address: 'spire.cluster2.test' },
      gateway: { address: 'mesh.cluster2.test' },
    },
    below: { trustDomain: 'cluster1.test', nestedUnder: 'cluster1' },
  },
  partners: {
    bank: {
      trustDomain: 'bank.test',
      trust: { root: 'trust/bank.test.pem' },
      bundleEndpoint: { url: 'https://spire.bank.test/' },
    },
  },
  federation: [{ between: ['cluster1', 'cluster2', 'bank'] }],
  workloads: {
    checkout: { cluster: 'cluster1', image: 'registry.test/a:1', port: 8080, host: 'checkout.cluster1.test' },
    caller: { cluster: 'cluster2', image: 'registry.test/a:1', calls: ['checkout'] },
    elsewhere: { cluster: 'cluster2', pods: { labels: { app: 'elsewhere' } } },
    payments: { partner: 'bank', host: 'payments.bank.test' },
  },
  delivery: { repo: 'https://git.test/fleet.git', tools: ['flux', 'argocd'] },
  waivers: [{ rule: 'kubelet-unverified', at: 'clusters.cluster1.kubelet', because: 'somebody has to say why' }],
});

/** What `*` stands for, by the beginning of the path; the longest counts. */
const NAMED: Readonly<Record<string, string>> = {
  clusters: 'cluster2',
  'clusters.serverApi': 'cluster1',
  'clusters.nestedUnder': 'below',
  partners: 'bank',
  workloads: 'checkout',
  'workloads.spiffeId': 'caller',
  'workloads.calls': 'caller',
  'workloads.pods': 'elsewhere',
  'workloads.partner': 'payments',
  'environment.*': 'TOKEN',
  'istio.plainText': 'team',
  'argocd.clusterNames': 'cluster1',
};

interface WithPlugins {
  readonly spire?: Readonly<
    Record<'server' | 'agent', { readonly plugins?: readonly { readonly mounts: readonly Written[] }[] } | undefined>
  >;
}

/** A plugin of a program. */
const PROGRAM = {
  command: '/run/plugins/bin/inventory',
  mounts: [{ claim: 'plugins', path: '/run/plugins/bin' }],
};

/** Keys that a key excludes, or needs, at its place; a place is a path, or the end of one. */
const BESIDE: Readonly<Record<string, (parent: Written, fleet: ReturnType<typeof base>) => void>> = {
  'clusters.*.bundleEndpoint.webCertificate': (parent) =>
    Object.assign(parent, { profile: 'https_web', address: 'spire.cluster2.example.org' }),
  'clusters.*.loadBalancer.metallb.addresses.[]': (_, { clusters }) => {
    clusters.cluster2.bundleEndpoint.address = '172.16.17.2';
    clusters.cluster2.gateway.address = '172.16.17.3';
  },
  'partners.*.trust.bundle': (parent) => delete parent.root,
  'spire.server.autoscaling.maxReplicas': (_, { clusters }) => {
    for (const [name, cluster] of Object.entries<Written>(clusters)) {
      const postgres = { host: `${name}.db.test`, database: 'spire', user: 'spire', tls: { mode: 'require' } };
      const spire = cluster.spire as Written | undefined;
      cluster.spire = { ...spire, server: { ...(spire?.server as Written | undefined), datastore: { postgres } } };
    }
  },
  'spire.agent.availabilityTarget': (_, { clusters }) => {
    for (const cluster of Object.values<Written>(clusters)) {
      cluster.spire = { ...(cluster.spire as Written | undefined), caTtl: '30d', x509SvidTtl: '48h' };
    }
  },
  'spire.controllerManager.formerEntryIdPrefix': (parent) => Object.assign(parent, { entryIdPrefix: 'east' }),
  'plugins.[].command': (parent) => Object.assign(parent, { mounts: PROGRAM.mounts }),
  'plugins.[].checksum': (parent) => Object.assign(parent, PROGRAM),
  'mounts.[].secret': (parent) => Object.assign(parent, { keys: ['ca.pem'] }),
  'mounts.[].path': (parent) => Object.assign(parent, { claim: 'plugins' }),
  'mounts.[].keys.[]': (_, fleet) => {
    for (const { spire } of [fleet, ...Object.values(fleet.clusters)] as readonly WithPlugins[])
      for (const program of [spire?.server, spire?.agent])
        Object.assign(program?.plugins?.[0]?.mounts[0] ?? {}, { secret: 'inventory' });
  },
  'tls.clientCertificate': (parent) => Object.assign(parent, { ca: 'trust/database-ca.pem' }),
  'workloads.*.service': (parent) => Object.assign(parent, { service: undefined }),
  'partners.*.gateway.address': (parent) => Object.assign(parent, { spiffeId: '/gateway' }),
  'partners.*.gateway.port': (parent) => Object.assign(parent, { address: 'mesh.bank.test', spiffeId: '/gateway' }),
  'workloads.*.plainText.ports.[]': (_, { workloads }) =>
    Object.assign((workloads.checkout as Written).plainText as Written, { because: 'somebody has to say why' }),
  'partners.*.gateway.spiffeId': (parent) => Object.assign(parent, { address: 'mesh.bank.test' }),
  'workloads.*.credential.spiffeId': (parent) => Object.assign(parent, { secret: 'credential' }),
  'workloads.*.pods.labels.*': () => undefined,
  'istio.plainText.*.because': () => undefined,
  'federation.[].hub': (parent) => replaced(parent, { spokes: ['cluster2'] }),
  'federation.[].spokes.[]': (_, { federation }) => replaced(federation[0]!, { hub: 'cluster1' }),
  'federation.[].trusting': (parent) => replaced(parent, { trusted: ['cluster2'] }),
  'federation.[].trusted.[]': (_, { federation }) => replaced(federation[0]!, { trusting: 'cluster1' }),
};

/** Takes the place of the federation that the base has, on which nothing but a call depends. */
function replaced(parent: Written, other: Written): void {
  delete parent.between;
  Object.assign(parent, other);
}

function fleetWith(path: SchemaPath, example: unknown): Written {
  const fleet = base();
  if (path[0] === 'federation' && path[2] !== 'between') delete (fleet.workloads.caller as Written).calls;
  let node: Written = fleet;
  const steps = path.map((step, index) => (step === '*' ? nameFor(path, index) : step));
  for (const [index, step] of steps.slice(0, -1).entries()) {
    const key = step === '[]' ? '0' : step;
    node[key] ??= steps[index + 1] === '[]' ? [] : {};
    addRequired(node, path.slice(0, index + 1));
    node = node[key] as Written;
  }
  const last = steps.at(-1)!;
  if (Array.isArray(node)) {
    if (!node.includes(example)) node.unshift(example);
  } else if (last === '<name>') {
    node[String(example)] ??= valueFor(path);
  } else {
    node[last] = example;
  }
  addRequired(node, path);
  const beside = Object.entries(BESIDE).find(([place]) => `.${path.join('.')}`.endsWith(`.${place}`))?.[1];
  beside?.(node, fleet);
  return fleet;
}

/** @param path of a key of `node` */
function addRequired(node: Written, path: SchemaPath): void {
  for (const [key, example] of requiredBeside(path)) node[key] ??= example;
}

/** Keys that the schema requires beside a key, with their examples. */
function requiredBeside(path: SchemaPath): readonly (readonly [string, unknown])[] {
  const parent = path.slice(0, -1).join('.');
  const [key = ''] = path.slice(-1);
  return [...nodes(SCHEMA)]
    .filter(([at, { properties = {} }]) => at.join('.') === parent && key in properties)
    .flatMap(([, { properties = {}, required = [] }]) =>
      required.flatMap((name) => (properties[name]?.examples ?? []).slice(0, 1).map((first) => [name, first] as const)),
    );
}

function nameFor(path: SchemaPath, index: number): string {
  const [section = '', , key = ''] = path;
  return index === 1
    ? (NAMED[`${section}.${key}`] ?? NAMED[section] ?? 'name')
    : (NAMED[path.slice(-3, -1).join('.')] ?? 'team');
}

/** Of a name that the base does not have. */
function valueFor(path: SchemaPath): unknown {
  if (path.includes('plainText')) return { because: 'somebody has to say why' };
  if (path.includes('bundlePublishers')) return { configMap: { namespace: 'edge' } };
  if (path.includes('environment')) return { secret: 'inventory', key: 'token' };
  return 'value';
}

/** A root for the certificates of nested servers, which is none of a trust domain. */
const nestedRoot = makeTrialCa('cluster1.test', NOW);

async function problemsOf(fleet: Written): Promise<readonly Problem[]> {
  const { fleet: written, problems } = checkShape(fleet);
  if (written === undefined) return problems;
  const members = [...Object.entries(written.clusters), ...Object.entries(written.partners ?? {})];
  const roots = new Map<unknown, string>();
  for (const [name, { trustDomain }] of members) roots.set(name, (await trialCa(trustDomain)).root);
  const nested = (await nestedRoot).root;
  return resolve(written, {
    now: NOW,
    readTrustFile: (file, place) => {
      const root = place.includes('serverApi') ? nested : (roots.get(place[1]) ?? nested);
      return { text: file.endsWith('.json') ? bundleOf(root) : root };
    },
  }).problems.filter(isError);
}

function bundleOf(root: string): string {
  const der = root.replace(/-----[A-Z ]+-----|\s/g, '');
  const { kty, crv, x, y } = new X509Certificate(root).publicKey.export({ format: 'jwk' });
  return JSON.stringify({ keys: [{ use: 'x509-svid', kty, crv, x, y, x5c: [der] }], spiffe_refresh_hint: 300 });
}

test('the fleet around the examples is right', async () => {
  expect(await problemsOf(base())).toEqual([]);
});

/** What some settings break if all clusters have them, one of which is nested. */
const NOT_FOR_ALL: readonly string[] = ['database-shared', 'nested-replicas'];

test.each(EXAMPLES)('$key: $example', async ({ path, example }) => {
  const fleet = JSON.parse(JSON.stringify(fleetWith(path, example)));
  expect(isValid(fleet)).toBe(true);
  const found = (await problemsOf(fleet)).filter(({ code }) => path[0] !== 'spire' || !NOT_FOR_ALL.includes(code));
  expect([fleet, found]).toEqual([fleet, []]);
});
