import { DEFAULTS } from '../../lib/fleet/defaults';
import { image } from '../../lib/formats/formats';
import { IMAGES, spireAgentImage, spireServerImage } from '../../lib/images/images';
import {
  agentSkew,
  isSupportedIstio,
  isSupportedKubernetes,
  isSupportedSpire,
  istioRunsOn,
  kubernetesMinors,
  newestIstioFor,
  oldestKubernetesOf,
  spireFeatures,
  usesNativeSidecars,
} from '../../lib/model/versions';

/** The examples of SPIRE's doc/upgrading.md, moved into the supported range, and the edges around them. */
test.each([
  ['1.15.3', '1.15.3', undefined],
  ['1.15.3', '1.15.2', undefined],
  ['1.15.3', '1.15.0', undefined],
  ['1.15.3', '1.14.0', undefined],
  ['1.15.0', '1.14.9', undefined],
  ['1.15.3', '1.15.4', 'newer'],
  ['1.14.9', '1.15.0', 'newer'],
  ['1.15.3', '2.0.0', 'newer'],
  ['1.15.3', '1.13.9', 'older'],
  ['1.15.0', '1.13.9', 'older'],
  ['1.15.3', '1.11.0', 'older'],
  ['2.0.0', '1.15.3', 'older'],
])('judges with server %s an agent %s: %p', (server, agent, verdict) => {
  expect(agentSkew(server, agent)).toBe(verdict);
});

test.each([
  ['1.11.0', 'notifier'],
  ['1.12.3', 'notifier'],
  ['1.12.4', 'publisher'],
  ['1.13.0', 'publisher'],
  ['1.15.3', 'publisher'],
])('hands the bundle of a server %s over by %s', (server, bundleHandOver) => {
  expect(spireFeatures(server, '1.11.0').bundleHandOver).toBe(bundleHandOver);
});

test.each([
  ['1.12.9', false],
  ['1.13.0', true],
  ['1.15.3', true],
])('decides from the version of the agent, %s, whether it can bootstrap again: %p', (agent, rebootstrap) => {
  expect(spireFeatures('1.15.3', agent).rebootstrap).toBe(rebootstrap);
});

test.each([
  ['1.27.0', '1.33', true],
  ['1.31.4', '1.36', true],
  ['1.27.0', '1.32', false],
  ['1.31.4', '1.32', false],
  ['1.26.9', '1.33', false],
  ['1.24.0', '1.27', false],
])('decides for Istio %s on Kubernetes %s whether sidecars are native: %p', (istio, kubernetes, native) => {
  expect(usesNativeSidecars(istio, kubernetes)).toBe(native);
});

test.each([
  ['1.24.0', '1.27'],
  ['1.27.3', '1.29'],
  ['1.28.0', '1.30'],
  ['1.29.2', '1.31'],
  ['1.30.0', '1.32'],
  ['1.31.4', '1.32'],
  ['1.32.0', '1.33'],
])('runs Istio %s on Kubernetes %s and on nothing older', (istio, oldest) => {
  const minors = kubernetesMinors();
  expect(oldestKubernetesOf(istio)).toBe(oldest);
  expect(minors.filter((minor) => istioRunsOn(istio, minor))).toEqual(minors.slice(minors.indexOf(oldest)));
});

test.each([
  ['1.10.9', false],
  ['1.11.0', true],
  ['1.15.99', true],
  ['1.16.0', false],
])('decides whether SPIRE %s is supported: %p', (version, supported) => {
  expect(isSupportedSpire(version)).toBe(supported);
});

test.each([
  ['1.23.9', false],
  ['1.24.0', true],
  ['1.32.0', true],
  ['1.32.99', true],
  ['1.33.0', false],
])('decides whether Istio %s is supported: %p', (version, supported) => {
  expect(isSupportedIstio(version)).toBe(supported);
});

test('compares Kubernetes minors as numbers, not as text', () => {
  expect(['1.9', '1.26', '1.27', '1.37', '1.38', '1.100'].filter(isSupportedKubernetes)).toEqual(['1.27', '1.37']);
  expect(kubernetesMinors()).toHaveLength(11);
});

test('supports its own defaults, and they go together', () => {
  const { spire, istio, kubernetes } = DEFAULTS.versions;
  expect([isSupportedSpire(spire), isSupportedIstio(istio), istioRunsOn(istio, kubernetes)]).toEqual([
    true,
    true,
    true,
  ]);
});

const images = [...Object.values(IMAGES), spireServerImage('1.15.3'), spireAgentImage('1.15.3')];

test.each(images.map((name) => [name]))('pins %s by the rule that holds for anybody else', (name) => {
  expect(image.check(name)).toBeUndefined();
});

test.each([
  ['1.27', '1.24'],
  ['1.29', '1.27'],
  ['1.36', '1.32'],
])('returns the newest Istio that runs on Kubernetes %s', (kubernetes, istio) => {
  expect(newestIstioFor(kubernetes)).toBe(istio);
});
