import { image } from '../../lib/formats/formats';
import { route } from '../../lib/formats/workload-formats';
import { PRESETS } from '../../lib/presets/catalog';
import type { Preset } from '../../lib/presets/preset';

const presets: readonly Preset[] = PRESETS;

/** Holds for every member of the family. */
describe.each(presets.map((preset) => [preset.name, preset] as const))('%s', (_, preset) => {
  const names = preset.components.map(({ name }) => name);

  test('pins every image, in the form that a fleet must use', () => {
    const images = preset.components.flatMap(({ versions }) => versions.map((version) => version.image));
    expect(images.filter((name) => image.check(name) !== undefined)).toEqual([]);
    expect(new Set(images).size).toBe(images.length);
  });

  test('names the components where there are several, sorted, since each needs Services and policies of its own', () => {
    if (names.length > 1) expect(names.filter((name) => name === undefined)).toEqual([]);
    expect(names).toEqual([...names].sort());
  });

  test('receives calls at a component with a port, with routes that a fleet could have', () => {
    const { entry } = preset;
    if (entry === undefined) {
      expect(preset.inapplicable).toMatchObject({ host: expect.any(String), plainText: expect.any(String) });
      return;
    }
    expect(preset.components.find(({ name }) => name === entry.component)?.port).toBeGreaterThan(0);
    expect(entry.routes.filter((path) => route.check(path) !== undefined)).toEqual([]);
    expect(entry.routes).toContain(entry.page);
  });

  test('names a caller of its own for every component with a port but the entry', () => {
    const called = preset.components.filter(({ port }) => port !== undefined);
    const uncalled = called.filter(({ calledBy = [] }) => calledBy.length === 0).map(({ name }) => name);
    expect(uncalled).toEqual(preset.entry === undefined ? [] : [preset.entry.component]);
    expect(names).toEqual(expect.arrayContaining(called.flatMap(({ calledBy = [] }) => calledBy)));
  });
});

test('lists presets sorted by name, each name once', () => {
  const names = presets.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
});
