/** Commits the fleet of a workplace and its output, as the commands that compare with Git expect them. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workplace } from './workplace';

export function commitOutput({ folder }: Workplace): void {
  writeFileSync(join(folder, '.gitignore'), 'node_modules/\n.cdk8s-output\n');
  const person = ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...person, 'commit', '--quiet', '-m', 'Written'],
  ]) {
    const { status, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }
}
