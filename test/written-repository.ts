/** The walkthrough's fleet in a folder of its own, as the repository of a person. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, processEnvironment } from '../lib/cli/environment';
import { commandLine } from './command-line';
import { temporaryFolder } from './support';

const ROOT = join(__dirname, '..');

/** A fleet with its roots and its output. */
export async function writtenRepository(): Promise<string> {
  const folder = temporaryFolder();
  for (const name of ['fleet.yaml', 'trust']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('private') });
  }
  const { exitCode, errorOutput } = await commandLine(folder, 'synth');
  if (exitCode !== 0) throw new Error(errorOutput);
  return folder;
}

/** Commits everything in a folder, which becomes a Git repository if it is none. */
export function commitAll(folder: string): void {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b.test', ...args], { stdio: 'pipe' });
  };
  if (!existsSync(join(folder, '.git'))) git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message=all');
}

/** Runs Git, and nothing else. */
export const executeGit: Environment['execute'] = (program, ...call) => {
  if (program !== 'git') throw new Error(`${program} is not Git`);
  return processEnvironment().execute(program, ...call);
};

/** Replaces a text, which must be there, in a file. */
export function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not contain ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** Path → content of every file below a folder, Git's own left out. */
export function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}
