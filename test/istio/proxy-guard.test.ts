import { parse } from 'yaml';
import { istiodValues } from '../../lib/istio/istio-settings';
import { ProxyGuard } from '../../lib/istio/proxy-guard';
import { find, objectsOf } from '../manifests';
import { clustersOf, lone, loneMesh } from '../resolved';

interface Policy {
  readonly matchConditions: readonly { readonly expression: string }[];
  readonly validations: readonly { readonly expression: string }[];
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

test('asks for the volume that the injection templates bring', async () => {
  const { templates } = istiodValues(await loneMesh()).sidecarInjectorWebhook;
  const drivers = Object.values(templates).map(
    (text) =>
      (parse(text) as { spec: { volumes: readonly { csi: { driver: string } }[] } }).spec.volumes[0]?.csi.driver,
  );
  expect(drivers).toHaveLength(2);
  for (const driver of drivers) {
    for (const { expression } of policy.validations) expect(expression).toContain(`v.csi.driver == '${driver}'`);
  }
});

test('looks for the proxy of a labelled pod wherever Istio puts it', () => {
  const other = policy.validations[1]!.expression;
  expect(other).toContain("'spiffe.io/spire-managed-identity' in object.metadata.labels");
  for (const where of ['containers', 'initContainers']) {
    expect(other).toContain(`object.spec.${where}.exists(c, c.name == 'istio-proxy')`);
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
