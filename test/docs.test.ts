import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTPUT_RULES } from '../lib/checks/catalog';
import { RULES } from '../lib/model/rules/catalog';
import { messageOf } from '../lib/problems/messages';
import { problem } from '../lib/problems/problem';
import { renderFleetPage } from '../scripts/render-fleet-page';
import { renderRulesPage } from '../scripts/render-rules-page';

const ROOT = join(__dirname, '..');
const operations = readFileSync(join(ROOT, 'docs', 'operations.md'), 'utf8');

test('docs/fleet.md is what npm run docs writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'fleet.md'), 'utf8')).toBe(renderFleetPage());
});

test('docs/rules.md is what npm run docs writes', () => {
  expect(readFileSync(join(ROOT, 'docs', 'rules.md'), 'utf8')).toBe(renderRulesPage());
});

test('every rule has a file of its own and is in the catalog, sorted', () => {
  const codes = RULES.map(({ code }) => code);
  const names = OUTPUT_RULES.map(({ name }) => name);
  expect(codes).toEqual([...codes].sort());
  expect(names).toEqual([...names].sort());
  const files = readdirSync(join(ROOT, 'lib', 'model', 'rules'));
  expect(codes.filter((code) => !files.includes(`${code}.ts`))).toEqual([]);
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
