import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support';
import type { ImageRecipe } from './image-content';
import { makeImages } from './make-images';

function recipe(folder: string, tag: string): ImageRecipe {
  const program = join(folder, `program-${tag}`);
  writeFileSync(program, tag);
  return {
    repository: 'example.org/server',
    content: { files: { '/server': program }, entrypoint: ['/server'] },
    runs: `server ${tag}`,
    tag,
  };
}

test('makes an image of the version in its tag, and of the first version for any other tag', async () => {
  const folder = temporaryFolder();
  const recipes = [recipe(folder, '2.0'), recipe(folder, '1.0')];
  const names = ['1.0', '2.0', '3.0'].map((tag) => `example.org/server:${tag}`);
  const made = await makeImages(names, recipes, join(folder, 'images'));
  expect(made.map(({ runs, asAsked }) => [runs, asAsked])).toEqual([
    ['server 1.0', true],
    ['server 2.0', true],
    ['server 2.0', false],
  ]);
  expect(readFileSync(made[0]!.archive)).not.toEqual(readFileSync(made[1]!.archive));
});
