/** Builds programs with the go command, once for each state of their pins: the cache is keyed by everything that enters a build. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from '../machine/command';
import { type FamilyName, familyOf, folderOf, type ProgramFamily, versionOf } from './programs';

/** Where built programs and downloaded files outlive a run. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-spire-live');
}

/** Builds what the cache lacks of a family; the folder with its programs. */
export async function buildFamily(name: FamilyName, report: (line: string) => void): Promise<string> {
  const family = familyOf(name);
  const { command, environment } = goBuild(name, family);
  const key = await cacheKey(name, [...command, JSON.stringify(environment)]);
  const folder = join(cacheFolder(), 'programs', `${name}-${key}`);
  if (existsSync(folder)) return folder;
  report(`building ${name} ${versionOf(name) ?? ''}`.trimEnd());
  const unfinished = `${folder}.unfinished-${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  for (const [program, source] of Object.entries(family.packages)) {
    await run([...command, '-o', join(unfinished, program), source], {
      cwd: folderOf(name),
      env: environment,
      timeout: 1800,
    });
  }
  // Only a finished folder gets the name that is looked for.
  renameSync(unfinished, folder);
  removeOthers(name, folder);
  return folder;
}

/** Folder of a module in the cache of the go command, downloaded where it is missing: charts and manifests are in there. */
export async function moduleFolder(name: FamilyName): Promise<string> {
  const { module } = familyOf(name);
  if (module === undefined) throw new Error(`${name} is no module of its own`);
  await run(['go', 'mod', 'download', module], { cwd: folderOf(name), timeout: 300 });
  return (await run(['go', 'list', '-m', '-f', '{{.Dir}}', module], { cwd: folderOf(name) })).trim();
}

function goBuild(
  name: FamilyName,
  { cgo, tags, versionVariables = [], statedVersion }: ProgramFamily,
): { readonly command: readonly string[]; readonly environment: Readonly<Record<string, string>> } {
  const version = statedVersion ?? versionOf(name) ?? '';
  const linking = [
    '-s',
    ...(cgo === true ? ['-extldflags=-static'] : []),
    ...versionVariables.map((variable) => `-X ${variable}=${version}`),
  ];
  return {
    command: [...['go', 'build', `-ldflags=${linking.join(' ')}`], ...(tags === undefined ? [] : [`-tags=${tags}`])],
    environment: { CGO_ENABLED: cgo === true ? '1' : '0', GOFLAGS: '-mod=readonly -buildvcs=false' },
  };
}

async function cacheKey(name: FamilyName, parts: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const part of [...parts, await run(['go', 'version'])]) hash.update(`${part}\0`);
  for (const file of readdirSync(folderOf(name), { recursive: true, withFileTypes: true })) {
    if (file.isFile()) hash.update(`${file.name}\0`).update(readFileSync(join(file.parentPath, file.name)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** An older state of the pins is not built again soon, and a Kubernetes takes half a gigabyte. */
function removeOthers(name: FamilyName, kept: string): void {
  const all = join(cacheFolder(), 'programs');
  for (const folder of readdirSync(all).filter((entry) => new RegExp(`^${name}-[0-9a-f]{16}`).test(entry))) {
    if (join(all, folder) !== kept) rmSync(join(all, folder), { recursive: true });
  }
}
