/** Finds the shared libraries that dynamically linked programs need. */
import { realpathSync } from 'node:fs';
import { run } from '../machine/command';

/** Path in the image → file on this machine, for every library and the loader. */
export async function librariesOf(programs: readonly string[]): Promise<Readonly<Record<string, string>>> {
  if (programs.length === 0) return {};
  const listing = await run(['ldd', ...programs]);
  const paths = [...listing.matchAll(/(?:=> )?(\/\S+) \(0x[0-9a-f]+\)/g)].map((match) => match[1] as string);
  return Object.fromEntries(paths.map((path) => [path, realpathSync(path)]));
}
