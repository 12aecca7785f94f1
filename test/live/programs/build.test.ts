import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support';
import { lockFile } from '../machine/lock-file';
import { SUITES } from '../proofs/suites';
import { familiesFor } from '../run-live';
import { publish } from './build';

function folderWith(path: string, text: string): string {
  mkdirSync(path);
  writeFileSync(join(path, 'program'), text);
  return path;
}

test('gives a finished folder its name', () => {
  const all = temporaryFolder();
  publish(folderWith(join(all, 'spire-1.unfinished-7'), 'mine'), join(all, 'spire-1'));
  expect(readFileSync(join(all, 'spire-1', 'program'), 'utf8')).toBe('mine');
});

test('uses the programs of another run that finished first, and removes its own', () => {
  const all = temporaryFolder();
  folderWith(join(all, 'spire-1'), 'theirs');
  publish(folderWith(join(all, 'spire-1.unfinished-7'), 'mine'), join(all, 'spire-1'));
  expect(readFileSync(join(all, 'spire-1', 'program'), 'utf8')).toBe('theirs');
  expect(existsSync(join(all, 'spire-1.unfinished-7'))).toBe(false);
});

test('lets one process at a time hold a lock', async () => {
  const file = join(temporaryFolder(), 'spire.lock');
  const order: string[] = [];
  const release = await lockFile(file);
  const second = lockFile(file).then((releaseSecond) => {
    order.push('second');
    releaseSecond();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  order.push('released');
  release();
  await second;
  expect(order).toEqual(['released', 'second']);
});

test('the first suite needs neither a second Kubernetes or SPIRE, nor GitOps tools, nor Vault', () => {
  const families = familiesFor(SUITES.walkthrough);
  expect(families).toContain('kubernetes');
  expect(families).not.toContain('oldestKubernetes');
  expect(families.filter((name) => /argocd|flux|kustomize|vault|certManager|previous/.test(name))).toEqual([]);
  expect(familiesFor(SUITES.federation)).toContain('oldestKubernetes');
});
