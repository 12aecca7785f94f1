import { nodePath } from '../../lib/formats/formats';
import { PLATFORMS, platformFacts } from '../../lib/platforms/catalog';
import type { Platform } from '../../lib/platforms/platform';

const platforms: readonly Platform[] = PLATFORMS;

describe.each(platforms.map((platform) => [platform.name, platform] as const))('%s', (_, { facts }) => {
  test('says nothing that a fleet could not write itself', () => {
    const directory = facts.kubeletDirectory?.value;
    if (directory !== undefined) expect(nodePath.check(directory)).toBeUndefined();
    const ports = [...(facts.apiServerPorts?.value ?? []), ...(facts.dnsPorts?.value ?? [])];
    expect(ports.filter((port) => port < 1 || port > 65535)).toEqual([]);
  });

  test('has a source for every fact', () => {
    expect(Object.values(facts).filter(({ source }) => source.length < 5)).toEqual([]);
  });
});

test('verifies the kubelets of Talos, whose certificates a person has to have signed', () => {
  const { kubeletAddress, kubeletVerification, apiServerPorts, dnsPorts } = platformFacts('talos');
  expect([kubeletAddress.value, kubeletVerification.value]).toEqual(['hostIP', true]);
  expect([apiServerPorts.value, dnsPorts.value]).toEqual([[6443], [53]]);
});

test('names a file for every fact of the default platform', () => {
  const sources = Object.values(platformFacts()).map(({ source }) => source);
  expect(sources.filter((source) => !/\.(go|md|adoc|yaml)\b/.test(source))).toEqual([]);
});

test('lists the default first and the others sorted by name', () => {
  const [first, ...others] = platforms.map(({ name }) => name);
  expect(first).toBe('kubernetes');
  expect(others).toEqual([...others].sort());
});
