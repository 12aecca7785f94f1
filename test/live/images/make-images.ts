/** Makes an archive for each image that is asked for, and tells what is in it. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeImageArchive } from './image-archive';
import type { ImageRecipe } from './image-content';

/** What runs under the name of an image. */
export interface MadeImage {
  /** Full name with tag, as the manifests have it. */
  readonly name: string;
  readonly archive: string;
  readonly runs: string;
  /** Why it is not the real program; absent for the real one. */
  readonly standIn?: string;
  /** Whether the program has the version that the name asks for; undefined where that says nothing. */
  readonly asAsked?: boolean;
}

/** Fails when an image is asked for that nobody knows how to make. */
export async function makeImages(
  names: readonly string[],
  recipes: readonly ImageRecipe[],
  folder: string,
): Promise<readonly MadeImage[]> {
  mkdirSync(folder, { recursive: true });
  const made: MadeImage[] = [];
  for (const name of names) {
    const separator = name.lastIndexOf(':');
    const [repository, tag] = [name.slice(0, separator), name.slice(separator + 1)];
    const candidates = recipes.filter((candidate) => candidate.repository === repository);
    const recipe = candidates.find((candidate) => candidate.tag === tag) ?? candidates[0];
    if (recipe === undefined)
      throw new Error(`no recipe makes the image ${name}; add one to test/live/images/recipes.ts`);
    const archive = join(folder, `${name.replaceAll(/[/:]/g, '_')}.tar`);
    await writeImageArchive(archive, name, recipe.content);
    made.push({
      name,
      archive,
      runs: recipe.runs,
      ...(recipe.standIn === undefined ? {} : { standIn: recipe.standIn }),
      ...(recipe.tag === undefined ? {} : { asAsked: recipe.tag === tag }),
    });
  }
  return made;
}
