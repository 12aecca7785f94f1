/** Builds programs with the go command, once for each state of their pins: the cache is keyed by everything that enters a build. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '../machine/command';
import { lockFile } from '../machine/lock-file';
import { type FamilyName, familyOf, folderOf, type ProgramFamily, versionOf } from './programs';

/** Where built programs and downloaded files outlive a run. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-spire-live');
}

/** Builds what the cache lacks of a family; the folder with its programs. */
export async function buildFamily(name: FamilyName, report: (line: string) => void): Promise<string> {
  const folder = await builtFolder(name);
  if (existsSync(folder)) return markUsed(folder);
  mkdirSync(dirname(folder), { recursive: true });
  const release = await lockFile(join(dirname(folder), `${name}.lock`));
  try {
    // Another run may have built it in the meantime.
    if (!existsSync(folder)) await buildInto(folder, name, report);
  } finally {
    release();
  }
  removeUnused(name, folder);
  return markUsed(folder);
}

/** Whether the cache has the programs of a family. */
export async function isBuilt(name: FamilyName): Promise<boolean> {
  return existsSync(await builtFolder(name));
}

async function builtFolder(name: FamilyName): Promise<string> {
  const { command, environment } = goBuild(name, familyOf(name));
  const key = await cacheKey(name, [...command, JSON.stringify(environment)]);
  return join(cacheFolder(), 'programs', `${name}-${key}`);
}

async function buildInto(folder: string, name: FamilyName, report: (line: string) => void): Promise<void> {
  const family = familyOf(name);
  const { command, environment } = goBuild(name, family);
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
  publish(unfinished, folder);
}

/** Gives a finished folder the name that is looked for. A folder that is there already was finished by another run. */
export function publish(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
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

/** Days after which programs of other pins are taken for unused. A run of another checkout may be using younger ones. */
const UNUSED_AFTER = 1;

function markUsed(folder: string): string {
  const now = new Date();
  utimesSync(folder, now, now);
  return folder;
}

/** Removes other states of a family, and what broken builds left: a Kubernetes takes half a gigabyte. */
function removeUnused(name: FamilyName, kept: string): void {
  const all = dirname(kept);
  const oldest = Date.now() - UNUSED_AFTER * 24 * 3600 * 1000;
  for (const entry of readdirSync(all).filter((entry) => new RegExp(`^${name}-[0-9a-f]{16}`).test(entry))) {
    const folder = join(all, entry);
    if (folder !== kept && statSync(folder).mtimeMs < oldest) rmSync(folder, { recursive: true, force: true });
  }
}
