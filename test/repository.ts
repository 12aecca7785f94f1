/** Makes a Git repository with a fleet and its output, for commands that compare with earlier states. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processEnvironment } from '../lib/cli/environment';
import { type Answer, commandLineIn } from './command-line';
import { temporaryFolder } from './support';

const ROOT = join(__dirname, '..');

export class Repository {
  readonly folder = temporaryFolder();

  /** With the walkthrough's fleet and output at its first commit. */
  static withWalkthrough(): Repository {
    const repository = new Repository();
    for (const part of ['fleet.yaml', 'trust', 'dist']) {
      cpSync(join(ROOT, part), join(repository.folder, part), { recursive: true });
    }
    repository.git('init', '--quiet', '--initial-branch=main');
    repository.commit('first');
    return repository;
  }

  git(...args: readonly string[]): string {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgSign=false'];
    return execFileSync('git', ['-C', this.folder, ...who, ...args], { encoding: 'utf8' }).trim();
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  }

  /** Runs a command line here, with the real Git. */
  run(...args: readonly string[]): Promise<Answer> {
    return commandLineIn({ cwd: this.folder, execute: processEnvironment().execute }, ...args);
  }
}
