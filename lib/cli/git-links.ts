/** Detects why a commit has no files in a folder: the folder is a symbolic link or a submodule. */
import { basename } from 'node:path';
import { pathWord } from '../problems/shell';
import type { Environment } from './environment';
import { cleanPath, type GitFailure, git, type Revision, utf8 } from './git';

/**
 * The failure to report if a folder, or one above it, is a link or a submodule at the commit.
 * @param folder relative to the environment's folder
 */
export function tryFindLink(
  { commit, prefix }: Revision,
  folder: string,
  environment: Environment,
): GitFailure | undefined {
  const path = cleanPath(`${prefix}${folder}`);
  if (path === undefined || path === '') return undefined;
  const steps = path.split('/');
  const above = steps.map((_, index) => steps.slice(0, index + 1).join('/'));
  const { status, stdout } = git(environment, ['ls-tree', '-z', '--full-tree', commit, '--', ...above]);
  if (status !== 0) return undefined;
  for (const line of utf8(stdout).split('\0')) {
    const [, mode = '', found = ''] = /^(\d{6}) \w+ \S+\t([\s\S]+)$/.exec(line) ?? [];
    if (mode === SUBMODULE) return { failure: submoduleMessage(found) };
    if (mode === LINK) return { failure: linkMessage(found) };
  }
  return undefined;
}

const SUBMODULE = '160000';
const LINK = '120000';

/** @param path relative to the working folder */
export function submoduleMessage(path: string): string {
  const example = `git -C ${pathWord(path)} worktree add ../${basename(path)}-before COMMIT`;
  return `${path} is a submodule there, and this repository has none of its files; name a folder to compare with, such as one made by: ${example}`;
}

function linkMessage(path: string): string {
  return `${path} is a link there, and Git keeps no more of it than where it leads; name the folder that it leads to with --output`;
}
