import { changedPins, renewPins } from '../../scripts/imports/renew-pins';

const PINS = { kubernetes: { '1.35': 'v1.35.1', '1.36': 'v1.36.4' }, modules: { 'example.org/a': 'v0.1.0' } };

const asked =
  (had: Readonly<Record<string, readonly string[]>>) =>
  (module: string): { listed: readonly string[]; canBeHad: (version: string) => boolean } => ({
    listed: [],
    canBeHad: (version) => had[module]?.includes(version) ?? false,
  });

test('keeps pins that are the newest', () => {
  expect(renewPins(PINS, asked({}))).toEqual(PINS);
  expect(changedPins(PINS, PINS)).toEqual([]);
});

test('accepts newer patches of each Kubernetes, and each later minor version', () => {
  const had = { 'k8s.io/kubernetes': ['v1.35.3', 'v1.37.2', 'v1.38.0'], 'example.org/a': ['v0.2.0'] };
  const renewed = renewPins(PINS, asked(had));
  expect(renewed).toEqual({
    kubernetes: { '1.35': 'v1.35.3', '1.36': 'v1.36.4', '1.37': 'v1.37.2', '1.38': 'v1.38.0' },
    modules: { 'example.org/a': 'v0.2.0' },
  });
  expect(changedPins(PINS, renewed)).toEqual([
    'Kubernetes 1.35: v1.35.1 -> v1.35.3',
    'Kubernetes 1.37: new -> v1.37.2',
    'Kubernetes 1.38: new -> v1.38.0',
    'example.org/a: v0.1.0 -> v0.2.0',
  ]);
});
