/** The committed output of every example fleet equals what synthesis yields; `npm run golden` updates it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTree } from '../../lib/output/compare-tree';
import { synthesize } from '../../lib/output/synthesize';
import { writeTree } from '../../lib/output/write-tree';
import { NOW } from '../support';

const ROOT = join(__dirname, '..', '..');
const FLEETS = [
  '.',
  ...readdirSync(join(ROOT, 'examples'))
    .sort()
    .map((name) => join('examples', name)),
];

/** Path → content of all files below a folder. */
function readTree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

describe.each(FLEETS)('the fleet in %s', (folder) => {
  test('produces exactly the committed files', () => {
    const { output, problems } = synthesize(join(ROOT, folder, 'fleet.yaml'), { now: NOW });
    expect(problems).toEqual([]);
    const files = output?.files ?? [];
    const dist = join(ROOT, folder, 'dist');
    if (process.env.UPDATE_GOLDEN === '1') {
      writeTree(dist, planTree(dist, files));
    }
    expect(readTree(dist)).toEqual(Object.fromEntries(files.map(({ path, text }) => [path, text])));
  });
});
