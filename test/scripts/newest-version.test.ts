import { type ModuleVersions, newestVersion } from '../../scripts/imports/newest-version';

/** A proxy that has exactly these versions, and counts what it is asked for. */
function proxy(had: readonly string[], listed: readonly string[] = []): ModuleVersions & { asked: string[] } {
  const asked: string[] = [];
  return {
    listed,
    asked,
    canBeHad: (version) => {
      asked.push(version);
      return had.includes(version);
    },
  };
}

test.each<[string, string, string[], boolean, string]>([
  ['the next patch', 'v1.2.3', ['v1.2.4', 'v1.2.5'], false, 'v1.2.5'],
  ['a patch after a gap', 'v1.2.3', ['v1.2.6'], false, 'v1.2.6'],
  ['no patch beyond the gap', 'v1.2.3', ['v1.2.7'], false, 'v1.2.3'],
  ['the next minor, and its newest patch', 'v1.2.3', ['v1.3.0', 'v1.3.1'], false, 'v1.3.1'],
  ['a minor whose first patch is missing', 'v1.2.3', ['v1.4.1'], false, 'v1.4.1'],
  ['minor after minor', 'v1.2.3', ['v1.3.0', 'v1.4.0', 'v1.6.2'], false, 'v1.6.2'],
  ['only patches, within a minor', 'v1.2.3', ['v1.2.4', 'v1.3.0'], true, 'v1.2.4'],
  ['no other major', 'v1.2.3', ['v2.0.0'], false, 'v1.2.3'],
])('finds without a list %s', (_, current, had, withinMinor, expected) => {
  expect(newestVersion(current, proxy(had), withinMinor)).toBe(expected);
});

test('ends after a bounded number of questions', () => {
  const { asked, ...versions } = proxy([]);
  newestVersion('v1.2.3', versions);
  expect(asked.length).toBeLessThanOrEqual(12);
});

test('returns the newest available release of a list, without further requests', () => {
  const listed = ['v1.2.3', 'v1.10.0', 'v1.9.0', 'v1.11.0-rc.1', 'v1.10.1', 'v2.0.0', 'junk'];
  const { asked, ...versions } = proxy(['v1.9.0', 'v1.10.0', 'v2.0.0'], listed);
  expect(newestVersion('v1.2.3', versions)).toBe('v1.10.0');
  expect(asked).toEqual(['v1.10.1', 'v1.10.0']);
});
