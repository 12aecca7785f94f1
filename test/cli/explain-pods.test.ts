/** What `explain -` says of pods that a person brings. */
import { join } from 'node:path';
import { type Answer, commandLineWith } from '../command-line';
import { AGE_KEY, privateKeyMark } from '../support';

const ROOT = join(__dirname, '..', '..');

const ask = (manifest: string, ...args: readonly string[]): Promise<Answer> =>
  commandLineWith(manifest, ROOT, 'explain', '-', '--cluster', 'cluster2', ...args);

const pod = (namespace: string, labels: string, more = ''): string => `
apiVersion: v1
kind: Pod
metadata:
  name: some
  namespace: ${namespace}
  labels: { ${labels} }
  annotations: { inject.istio.io/templates: "sidecar,spire" }
spec: { serviceAccountName: robot, containers: []${more} }
`;

test.each([
  [
    'by the label for the rest of the mesh',
    pod('shop', 'spiffe.io/spire-managed-identity: "true"'),
    'spiffe://cluster2.demo/ns/shop/sa/robot',
  ],
  [
    'not in an ignored namespace',
    pod('kube-system', 'spiffe.io/spire-managed-identity: "true"'),
    'SPIRE ignores the namespace',
  ],
  ['not without a label', pod('shop', 'app: x'), 'no rule of cluster2 selects it'],
  [
    'not in another namespace than its rule',
    pod('shop', 'spiffe.io/spire-managed-identity: bookinfo'),
    "the closest is workload-bookinfo, but the pod's namespace is shop, not bookinfo",
  ],
  [
    'not as another ServiceAccount',
    pod('istio-system', 'istio: ingressgateway, spiffe.io/spire-managed-identity: istio-ingressgateway'),
    'its ServiceAccount is robot, not istio-ingressgateway-service-account',
  ],
  [
    'not where nothing asks',
    pod('shop', 'spiffe.io/spire-managed-identity: "true"').replace('sidecar,spire', 'sidecar'),
    'nothing in the pod requests an SVID',
  ],
])('says what a pod from standard input gets: an SVID %s', async (_, manifest, says) => {
  const { printed, exitCode } = await ask(manifest);
  expect(printed).toContain(says);
  expect(exitCode).toBe(says.startsWith('spiffe://') ? 0 : 1);
});

describe('compares a pod that no rule selects with the workload that it resembles', () => {
  test('by one label that is missing', async () => {
    const { printed, exitCode } = await ask(pod('bookinfo', 'app: ratings').replace('robot', 'bookinfo-ratings'));
    expect(printed).toContain(
      "the closest is workload-bookinfo, but the pod's label spiffe.io/spire-managed-identity is not set, not bookinfo",
    );
    expect(printed).toContain(
      'hint: if the pod belongs to the workload bookinfo, give it the label spiffe.io/spire-managed-identity: "bookinfo"; otherwise,',
    );
    expect(exitCode).toBe(1);
  });

  test('by namespace and ServiceAccount, where a label has another value', async () => {
    const hub = join(ROOT, 'examples', 'hub-and-spoke');
    const manifest = pod('reporting', 'app: report').replace('robot', 'reports');
    const { printed } = await commandLineWith(manifest, hub, 'explain', '-', '--cluster', 'office');
    expect(printed).toContain("the closest is workload-reports, but the pod's label app is report, not reports");
    expect(printed).toContain(
      'hint: if the pod belongs to the workload reports, give it the label app: "reports"; otherwise,',
    );
  });

  test('by namespace and ServiceAccount, where several labels differ', async () => {
    const { printed } = await ask(
      pod('istio-system', 'app: x').replace('robot', 'istio-ingressgateway-service-account'),
    );
    expect(printed).toMatch(
      /the closest is istio-ingressgateway, but the pod's label .* is not set, not .*, and its label .* is not set/,
    );
    expect(printed).toMatch(
      /hint: if the pod belongs to the gateway, give it the label .* and give it the label .*; otherwise,/,
    );
  });

  test('never where the namespace alone is the same', async () => {
    const { printed } = await ask(pod('istio-system', 'app: x'));
    expect(printed).not.toContain('would, but');
  });
});

interface Parts {
  readonly namespace?: string;
  readonly labels?: object;
  readonly annotations?: object;
  readonly metadata?: object;
  readonly spec?: object;
}

/** In the mesh and with an identity, but for what is given. */
const meshPod = ({ namespace = 'shop', labels, annotations, metadata, spec }: Parts): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'some',
      namespace,
      labels: { 'spiffe.io/spire-managed-identity': 'true', ...labels },
      annotations: { 'inject.istio.io/templates': 'sidecar,spire', ...annotations },
      ...metadata,
    },
    spec: { serviceAccountName: 'robot', containers: [{ name: 'app' }], ...spec },
  });

const INJECT = 'sidecar.istio.io/inject';
const RUNS = { uid: '6f3c1a52-0000-4000-8000-000000000000' };
const SOCKET = { name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } };
const PROXY = { name: 'istio-proxy', volumeMounts: [{ name: 'workload-socket' }] };

describe("says what Istio's webhook makes of a pod", () => {
  test.each<[string, Parts, string]>([
    ['hostNetwork', { spec: { hostNetwork: true } }, 'never injects its proxy into a pod with hostNetwork: true'],
    ['the annotation', { annotations: { [INJECT]: 'false' } }, 'its annotation sidecar.istio.io/inject: "false" turns'],
    ['the label', { labels: { [INJECT]: 'false' } }, 'its label sidecar.istio.io/inject: "false" turns'],
    [
      'the label, whatever the annotation says',
      { labels: { [INJECT]: 'false' }, annotations: { [INJECT]: 'true' } },
      'its label sidecar.istio.io/inject: "false" turns',
    ],
    ['a namespace that is never injected', { namespace: 'local-path-storage' }, 'never injects into namespace'],
    ['a namespace without the label', { namespace: 'istio-system' }, 'does not have the label istio-injection'],
    [
      'another revision, in a namespace without the label',
      { namespace: 'istio-system', labels: { 'istio.io/rev': 'canary' } },
      'requests a revision of Istio that this fleet does not install',
    ],
    [
      'another revision beside the label that asks',
      { namespace: 'istio-system', labels: { 'istio.io/rev': 'canary', [INJECT]: 'true' } },
      'requests a revision of Istio that this fleet does not install',
    ],
    [
      'a template that patches nothing',
      { annotations: { 'inject.istio.io/templates': 'spire' } },
      'names spire without a template that adds the proxy',
    ],
    ['a pod that ran before', { metadata: RUNS }, 'it runs without a proxy'],
    [
      'a proxy without the socket',
      { metadata: RUNS, spec: { initContainers: [{ name: 'istio-proxy' }] } },
      'does not mount the socket of the SPIRE agent',
    ],
    [
      'a socket that only the program mounts, in a pod that ran before',
      { metadata: RUNS, spec: { hostNetwork: true, containers: [PROXY, { name: 'app' }] } },
      'hostNetwork: true',
    ],
    [
      'a proxy that runs on the network of the node',
      { metadata: RUNS, spec: { hostNetwork: true, containers: [PROXY, { name: 'app' }], volumes: [SOCKET] } },
      'hostNetwork: true; its container istio-proxy was added by hand',
    ],
  ])('no SVID for %s', async (_, parts, reason) => {
    const { exitCode, printed } = await ask(meshPod(parts));
    expect(printed).toContain('some in namespace');
    expect(printed).toContain('no SVID');
    expect(printed).toContain(reason);
    expect(printed).toMatch(/^ {2}hint: /m);
    expect(exitCode).toBe(1);
  });

  test.each<[string, Parts, string]>([
    ['the label before the annotation', { labels: { [INJECT]: 'true' }, annotations: { [INJECT]: 'false' } }, 'proxy'],
    ['a label without a meaning', { labels: { [INJECT]: 'no' }, annotations: { [INJECT]: 'false' } }, 'proxy'],
    ['an annotation without a meaning', { annotations: { [INJECT]: 'False' } }, 'proxy'],
    ['a namespace of the fleet', { namespace: 'bookinfo' }, "used by    Istio's proxy\n"],
    [
      'a namespace of the fleet and another revision',
      { namespace: 'bookinfo', labels: { 'istio.io/rev': 'x' } },
      'proxy',
    ],
    ['a label that asks', { namespace: 'istio-system', labels: { [INJECT]: 'true' } }, "used by    Istio's proxy\n"],
    ['the revision of the fleet', { namespace: 'istio-system', labels: { 'istio.io/rev': 'default' } }, 'proxy'],
    ['an unknown namespace', {}, 'if namespace shop has the label istio-injection: enabled'],
    ['a proxy that runs', { metadata: RUNS, spec: { initContainers: [PROXY], volumes: [SOCKET] } }, "Istio's proxy\n"],
    [
      'a proxy that was not injected',
      { annotations: { [INJECT]: 'false' }, spec: { containers: [PROXY], volumes: [SOCKET] } },
      'proxy',
    ],
    [
      'a program on the network of the node that asks beside a proxy',
      { spec: { hostNetwork: true, containers: [PROXY, { ...PROXY, name: 'app' }], volumes: [SOCKET] } },
      'the program, at the Workload API',
    ],
    [
      'a program that asks itself',
      { spec: { hostNetwork: true, volumes: [SOCKET] } },
      'the program, at the Workload API',
    ],
    [
      'null for an empty map',
      { metadata: { annotations: null }, spec: { volumes: [SOCKET] } },
      'the program, at the Workload API',
    ],
  ])('an SVID for %s', async (_, parts, asked) => {
    const { exitCode, printed } = await ask(meshPod(parts));
    expect(`${printed}\n`).toContain(asked);
    expect(printed).toContain('spiffe://cluster2.demo/');
    expect(exitCode).toBe(0);
  });

  test.each([
    ['sidecar,spire', 'remove hostNetwork from the pod template\n'],
    [
      'sidecar',
      'mount an inline volume of the CSI driver csi.spiffe.io, so that the program gets the SVID itself; or ',
    ],
  ])('a hint that helps a pod with hostNetwork and the templates %s', async (templates, hint) => {
    const annotations = { 'inject.istio.io/templates': templates };
    const { printed } = await ask(meshPod({ annotations, spec: { hostNetwork: true } }));
    expect(`${printed}\n`).toContain(`  hint: ${hint}`);
  });

  test('both hints for a pod with hostNetwork that no rule selects', async () => {
    const { printed } = await ask(meshPod({ metadata: { labels: {}, annotations: {} }, spec: { hostNetwork: true } }));
    expect(printed).toContain('no rule of cluster2 selects it; also, Istio never injects its proxy into a pod with');
    expect(printed).toContain('"true"; then mount an inline volume of the CSI driver csi.spiffe.io');
  });

  test('no proxy on a cluster without Istio', async () => {
    const partner = join(ROOT, 'examples', 'partner');
    const { exitCode, printed } = await commandLineWith(
      meshPod({ namespace: 'billing', labels: { 'spiffe.io/spire-managed-identity': 'billing' } }).replace(
        'robot',
        'billing',
      ),
      partner,
      ...['explain', '-', '--cluster', 'jobs'],
    );
    expect(printed).toContain('runs no Istio');
    expect(exitCode).toBe(1);
  });
});

describe('says what is wrong with what is no Pod, and where', () => {
  test.each([
    ['nothing', '', '1:1: error[not-a-pod] expected one Pod, got nothing'],
    ['a comment', '# none\n', '1:1: error[not-a-pod] expected one Pod, got nothing'],
    [
      'a text',
      'No resources found',
      '1:1: error[not-a-pod] kind: expected one Pod, got the string "No resources found"',
    ],
    ['a list', '- kind: Pod\n', 'expected one Pod, got a list'],
    ['a map', 'metadata: {}\n', 'got a map without the key kind'],
    ['a number as kind', 'kind: 5\n', '1:7: error[not-a-pod] kind: expected one Pod'],
    ['a List', 'kind: List\nitems: []\n', '1:7: error[not-a-pod] kind: expected one Pod, got an object of kind "List"'],
    ['a Deployment', '{"kind": "Deployment"}', 'got an object of kind "Deployment"'],
    [
      'several documents',
      'kind: Pod\n---\nkind: Pod\n',
      '2:1: error[not-a-pod] expected one Pod, got several documents',
    ],
    ['no YAML', 'kind: [Pod\n', '1:7: error[invalid-yaml]'],
    ['a key twice', 'kind: Pod\nkind: Pod\n', '2:1: error[duplicate-key]'],
    ['no metadata', 'kind: Pod\nspec: {}\n', 'error[missing-key] a Pod needs the key "metadata"'],
    [
      'metadata of nothing',
      'kind: Pod\nmetadata:\nspec: {}\n',
      '2:10: error[wrong-type] metadata: expected a map, got no value',
    ],
    [
      'a number as annotation',
      'kind: Pod\nmetadata: { annotations: { inject.istio.io/templates: 5 } }\nspec: {}\n',
      '2:55: error[wrong-type] metadata.annotations.inject.istio.io/templates: expected a string, got the number 5',
    ],
    [
      'a truth value as label',
      'kind: Pod\nmetadata: { labels: { sidecar.istio.io/inject: false } }\nspec: {}\n',
      'expected a string, got the boolean false',
    ],
    [
      'a list as labels',
      'kind: Pod\nmetadata: { labels: [a] }\nspec: {}\n',
      'metadata.labels: expected a map, got a list',
    ],
    [
      'a text as volumes',
      'kind: Pod\nmetadata: {}\nspec: { volumes: x }\n',
      '3:18: error[wrong-type] spec.volumes: expected a list',
    ],
    ['a text as volume', 'kind: Pod\nmetadata: {}\nspec: { volumes: [x] }\n', 'spec.volumes[0]: expected a map'],
    ['a text as hostNetwork', 'kind: Pod\nmetadata: {}\nspec: { hostNetwork: "true" }\n', 'expected true or false'],
    [
      'a list as name',
      'kind: Pod\nmetadata: { name: [x] }\nspec: {}\n',
      'metadata.name: expected a string, got a list',
    ],
    ['__proto__', 'kind: Pod\nmetadata: { labels: { __proto__: x } }\nspec: {}\n', 'error[invalid-yaml]'],
    ['brackets without end', '['.repeat(10_000), 'error[invalid-yaml] brackets are nested'],
    ['steps without end', '- '.repeat(10_000), 'error[invalid-yaml]'],
    [
      'aliases without end',
      `a: &a [x]\n${'bcdefgh'.replace(/./g, (k) => `${k}: &${k} [${`*${String.fromCharCode(k.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      'error[too-many-aliases]',
    ],
  ])('%s', async (_, text, expected) => {
    const { exitCode, printed, errorOutput } = await ask(text);
    expect(errorOutput).toContain('standard input:');
    expect(errorOutput).toContain(expected);
    expect(errorOutput.match(/error\[/g)).toHaveLength(1);
    expect(printed).toBe('');
    expect(exitCode).toBe(1);
  });

  test('shows no control character of a pod, and keeps what JSON says exact', async () => {
    const evil = meshPod({ metadata: { name: 'a\u001b[31m\nb\u009b2J\u202ec' }, namespace: 'x\u001b]0;y\u0007' });
    const text = await ask(evil);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    const controls = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/;
    expect(text.printed + text.errorOutput).not.toMatch(controls);
    const json = await ask(evil, '--json');
    expect(json.printed).not.toMatch(controls);
    expect(JSON.parse(json.printed)[0].pod.name).toBe('a\u001b[31m\nb\u009b2J\u202ec');
    const broken = await ask('kind: "a\\x1b[31mb"\nmetadata: 5\n');
    expect(broken.errorOutput).not.toMatch(controls);
  });
});

/** The private part of a JSON Web Key, which is none. */
const WEB_KEY = `{ "kty": "EC", "d": "${'A'.repeat(43)}" }`;
const ENCODED_KEY = Buffer.concat([Buffer.from('302e020100300506032b6570', 'hex'), Buffer.alloc(36)]).toString(
  'base64',
);

describe.each([
  ['a key of age', AGE_KEY],
  ['a JSON Web Key', WEB_KEY],
  ['a key of PEM', privateKeyMark()],
  ['an encoded key', ENCODED_KEY],
])('of a pod with %s', (_, key) => {
  test.each([
    ['on the line of a fault', `kind: Pod\nmetadata: { name: 5 } # ${key}\nspec: {}\n`],
    ['in place of a map', `kind: Pod\nmetadata: ${JSON.stringify(key)}\nspec: {}\n`],
    ['in place of the kind', `kind: ${JSON.stringify(key)}\n`],
    ['in a text that is no YAML', `kind: Pod\nspec: [ ${key}\n`],
  ])('it repeats nothing of one %s', async (_where, manifest) => {
    const { errorOutput, exitCode } = await ask(manifest);
    expect(exitCode).toBe(1);
    expect(errorOutput).toMatch(
      /^standard input:\d+:\d+: error\[private-key-in-file\] standard input contains a private/,
    );
    expect(errorOutput.split('\n')).toHaveLength(3);
    expect(errorOutput).not.toContain(key.slice(0, 20));
  });

  test('it answers where the pod is right', async () => {
    const { printed, exitCode } = await ask(`${meshPod({})} # ${key}`);
    expect([exitCode, printed]).toEqual([0, expect.not.stringContaining(key.slice(0, 20))]);
  });
});
