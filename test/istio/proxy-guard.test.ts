import { parse } from 'yaml';
import { istiodValues } from '../../lib/istio/istio-settings';
import { ProxyGuard } from '../../lib/istio/proxy-guard';
import { find, objectsOf } from '../manifests';
import { clustersOf, lone, loneMesh } from '../resolved';

interface Policy {
  readonly matchConditions: readonly { readonly expression: string }[];
  readonly variables: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

const objects = objectsOf((scope) => new ProxyGuard(scope, 'guard'));
const policy = find(objects, 'ValidatingAdmissionPolicy').spec as Policy;

/** The regular expression of the condition; CEL's is RE2, which reads this one like JavaScript. */
const asksForIdentity = (templates: string): boolean =>
  new RegExp(/matches\('(.*?)'\)/.exec(policy.matchConditions[0]!.expression)?.[1] ?? '').test(templates);

test.each(['sidecar,spire', 'gateway, spire-gateway', 'spire'])(
  'looks at a pod with the templates "%s"',
  (templates) => {
    expect(asksForIdentity(templates)).toBe(true);
  },
);

test.each(['sidecar', 'gateway', 'sidecar,spire-of-mine', 'my-spire'])(
  'leaves a pod with the templates "%s" alone',
  (templates) => {
    expect(asksForIdentity(templates)).toBe(false);
  },
);

/** A pod as CEL sees it. */
interface SeenPod {
  readonly metadata: { readonly labels?: object; readonly annotations?: object };
  readonly spec: {
    readonly hostNetwork?: boolean;
    readonly containers: readonly SeenContainer[];
    readonly initContainers?: readonly SeenContainer[];
    readonly volumes?: readonly object[];
  };
}

interface SeenContainer {
  readonly name: string;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

/** The subset of CEL that the policy is written in, as JavaScript. */
function javaScriptOf(cel: string): string {
  return cel
    .replace(/has\(([\w.]+)\)/g, '($1 !== undefined)')
    .replace(/\.exists\((\w), /g, '.some(($1) => ')
    .replaceAll('object.spec.containers + (', 'object.spec.containers.concat(')
    .replace(/\.matches\('(.*?)'\)/g, ".match('$1') !== null");
}

function evaluate(cel: string, scope: Readonly<Record<string, unknown>>): boolean {
  return Boolean(new Function(...Object.keys(scope), `return ${javaScriptOf(cel)}`)(...Object.values(scope)));
}

/** Why the policy refuses a pod; undefined where it does not. */
function refusal(object: SeenPod, namespaceLabels: object = {}): string | undefined {
  const namespaceObject = { metadata: { labels: namespaceLabels } };
  if (!policy.matchConditions.every(({ expression }) => evaluate(expression, { object, namespaceObject }))) return;
  const variables = Object.fromEntries(
    policy.variables.map(({ name, expression }) => [name, evaluate(expression, { object, namespaceObject })]),
  );
  return policy.validations.find(({ expression }) => !evaluate(expression, { object, namespaceObject, variables }))
    ?.message;
}

const ASKING = { annotations: { 'inject.istio.io/templates': 'sidecar,spire' } };
const LABELLED = { labels: { 'spiffe.io/spire-managed-identity': 'true' } };
const SOCKET = { name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } };
const MOUNT = { name: 'workload-socket', mountPath: '/var/run/secrets/workload-spiffe-uds' };
const PROXY = { name: 'istio-proxy', volumeMounts: [MOUNT] };
const PROGRAM = { name: 'program' };

test.each([
  ['init containers', { containers: [PROGRAM], initContainers: [PROXY], volumes: [SOCKET] }],
  ['containers', { containers: [PROXY, PROGRAM], volumes: [{ name: 'tmp' }, SOCKET] }],
])('admits a pod whose proxy is among its %s', (_, spec) => {
  expect(refusal({ metadata: ASKING, spec })).toBeUndefined();
  expect(refusal({ metadata: LABELLED, spec })).toBeUndefined();
});

test('admits what has to do with neither', () => {
  expect(refusal({ metadata: {}, spec: { containers: [PROXY] } })).toBeUndefined();
  expect(refusal({ metadata: LABELLED, spec: { containers: [PROGRAM], volumes: [SOCKET] } })).toBeUndefined();
});

test.each([
  ['has no proxy', { containers: [PROGRAM] }],
  ["has the driver's volume for its program alone", { containers: [PROGRAM], volumes: [SOCKET] }],
  [
    'has a program that mounts it where a proxy would',
    { containers: [{ ...PROGRAM, volumeMounts: [MOUNT] }, { name: 'istio-proxy' }], volumes: [SOCKET] },
  ],
  ['has a proxy that mounts no volume', { containers: [PROGRAM, { name: 'istio-proxy' }], volumes: [SOCKET] }],
  [
    'has a proxy that mounts the volume elsewhere',
    { containers: [{ name: 'istio-proxy', volumeMounts: [{ ...MOUNT, mountPath: '/tmp' }] }], volumes: [SOCKET] },
  ],
  [
    "has a proxy with Istio's own empty volume",
    {
      containers: [PROXY],
      volumes: [
        { name: 'workload-socket', emptyDir: {} },
        { ...SOCKET, name: 'other' },
      ],
    },
  ],
])('refuses a pod that requests an identity and %s', (_, spec) => {
  expect(refusal({ metadata: ASKING, spec })).toMatch(/no container istio-proxy mounts its socket/);
});

test("refuses a labelled pod whose proxy has Istio's own empty volume", () => {
  const spec = { containers: [PROXY], volumes: [{ name: 'workload-socket', emptyDir: {} }] };
  expect(refusal({ metadata: LABELLED, spec })).toMatch(/its proxy does not ask for it; add the annotation/);
});

test.each([
  ['hostNetwork', ASKING, { containers: [PROGRAM], hostNetwork: true }, {}, /with hostNetwork; remove hostNetwork/],
  [
    'a label that switches injection off',
    { ...ASKING, labels: { 'sidecar.istio.io/inject': 'false' } },
    { containers: [PROGRAM] },
    {},
    /sidecar\.istio\.io\/inject: "false" switches injection off/,
  ],
  [
    'an annotation that does',
    { annotations: { ...ASKING.annotations, 'sidecar.istio.io/inject': 'false' } },
    { containers: [PROGRAM] },
    {},
    /sidecar\.istio\.io\/inject: "false" switches injection off/,
  ],
  [
    'a namespace without injection',
    ASKING,
    { containers: [PROGRAM] },
    { 'istio-injection': 'disabled' },
    /istio-injection: disabled of its namespace/,
  ],
])('names %s where that is why there is no proxy', (_, metadata, spec, namespaceLabels, message) => {
  expect(refusal({ metadata, spec }, namespaceLabels)).toMatch(message);
});

test('prefers the label to the annotation, like Istio', () => {
  const metadata = {
    annotations: { ...ASKING.annotations, 'sidecar.istio.io/inject': 'false' },
    labels: { 'sidecar.istio.io/inject': 'true' },
  };
  expect(refusal({ metadata, spec: { containers: [PROGRAM] } })).toMatch(/once istiod runs/);
});

test('admits what the injection templates bring', async () => {
  const { templates } = istiodValues(await loneMesh()).sidecarInjectorWebhook;
  expect(Object.keys(templates)).toHaveLength(2);
  for (const text of Object.values(templates)) {
    const { spec } = parse(text) as { spec: SeenPod['spec'] };
    expect(refusal({ metadata: ASKING, spec: { ...spec, containers: spec.containers ?? [] } })).toBeUndefined();
  }
});

test('denies, by a binding to the policy', () => {
  expect(find(objects, 'ValidatingAdmissionPolicyBinding').spec).toEqual({
    policyName: find(objects, 'ValidatingAdmissionPolicy').metadata.name,
    validationActions: ['Deny'],
  });
});

test.each([
  ['1.29', false],
  ['1.30', true],
])('is part of a cluster of Kubernetes %s: %s', async (kubernetes, expected) => {
  const { east } = await clustersOf(lone(`versions: { kubernetes: "${kubernetes}", istio: 1.26.0 }`));
  expect(east?.istio?.guardsProxies).toBe(expected);
});
