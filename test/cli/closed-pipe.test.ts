/** What a command writes does not depend on whether somebody reads what it says. */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLUSTERS, manyClusters } from '../many-clusters';
import { temporaryFolder } from '../support';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'cdk8s-spire.js');

function pipeStatus(folder: string, command: string): string {
  const line = `node ${PROGRAM} ${command} 2>/dev/null | true; printf %s "\${PIPESTATUS[0]}"`;
  return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' }).stdout;
}

test('makes every root when the reader of its output closes the pipe at once', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters());
  expect(pipeStatus(folder, 'root')).toBe('0');
  const made = readdirSync(join(folder, 'trust')).filter((name) => name.endsWith('.pem'));
  expect(made).toHaveLength(CLUSTERS);
});

test('ends with what it found when the reader is gone', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'fleet.yaml'), manyClusters());
  expect(pipeStatus(folder, 'check --format json')).toBe('1');
});
