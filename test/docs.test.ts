import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { OUTPUT_RULES } from '../lib/checks/catalog';
import { TOOL_NAMES } from '../lib/delivery/settings-catalog';
import { checkShape } from '../lib/fleet/check-shape';
import { resolve } from '../lib/model/resolve';
import { RULES } from '../lib/model/rules/catalog';
import { messageOf } from '../lib/problems/messages';
import { problem } from '../lib/problems/problem';
import { renderFleetPage } from '../scripts/render-fleet-page';
import { renderPlatformsPage } from '../scripts/render-platforms-page';
import { renderRulesPage } from '../scripts/render-rules-page';
import { trialCa } from './resolved';
import { NOW } from './support';

const ROOT = join(__dirname, '..');
const operations = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');

test('docs/fleet.md is what npm run docs writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'fleet.md'), 'utf8')).toBe(renderFleetPage());
});

test('docs/rules.md is what npm run docs writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8')).toBe(renderRulesPage());
});

test('docs/platforms.md is what npm run docs writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'platforms.md'), 'utf8')).toBe(renderPlatformsPage());
});

test('docs/architecture.md names every folder of lib/, and no other', () => {
  const folders = readdirSync(join(ROOT, 'lib'), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const page = readFileSync(join(ROOT, 'docs', 'architecture.md'), 'utf8');
  const named = [...page.matchAll(/`lib\/([\w-]+)\//g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(folders.sort());
});

test('CONTRIBUTING.md names every catalog that something can be added to', () => {
  const catalogs = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|[\\/])(settings-)?catalog\.ts$/.test(path))
    .map((path) => `lib/${path.replaceAll('\\', '/')}`);
  const page = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  expect(catalogs.filter((path) => !page.includes(`\`${path}\``))).toEqual([]);
  const named = [...page.matchAll(/`(lib\/[\w./-]+)`/g)].map(([, path = '']) => path);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test('the fleet that the README shows is right', async () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const text = /```yaml\n(fleet: [\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const { fleet, problems } = checkShape(parse(text));
  const roots = { east: await trialCa('east.shop.example'), west: await trialCa('west.shop.example') };
  const resolution =
    fleet &&
    resolve(fleet, { now: NOW, readTrustFile: (_, [, name]) => ({ text: roots[name as keyof typeof roots].root }) });
  expect([problems, resolution?.problems]).toEqual([[], []]);
});

test('every rule has a file of its own and is in the catalog, sorted', () => {
  const codes = RULES.map(({ code }) => code);
  const names = OUTPUT_RULES.map(({ name }) => name);
  expect(codes).toEqual([...codes].sort());
  expect(names).toEqual([...names].sort());
  const ofTools = TOOL_NAMES.map((name) => join('delivery', name, 'settings-rules'));
  const folders = [join('model', 'rules'), ...ofTools].map((folder) => join(ROOT, 'lib', folder));
  const hasFile = (code: string): boolean => folders.some((folder) => existsSync(join(folder, `${code}.ts`)));
  expect(codes.filter((code) => !hasFile(code))).toEqual([]);
  expect(names.filter((name) => !existsSync(join(ROOT, 'lib', 'checks', `${name}.ts`)))).toEqual([]);
});

test('sections of docs/operations.md that hints point to exist', () => {
  const hints = RULES.map(
    ({ code, example }) =>
      messageOf(
        problem({ path: [] }, code, example),
        () => '12:5',
        (words) => words,
      ).hint,
  );
  const sections = hints.flatMap((hint) =>
    [...hint.matchAll(/"([^"]+)" in docs\/operations\.md/g)].map(([, it]) => it),
  );
  expect(sections).toEqual(expect.arrayContaining(['Rotating a root', 'Upgrading']));
  expect(sections.filter((section) => !operations.includes(`\n## ${section}\n`))).toEqual([]);
});
