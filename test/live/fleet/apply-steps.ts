/** Reads the commands that dist/README.md tells a person to run. */

/** The lines of all blocks in the section `### <heading>` below "Changes under way". */
export function changeStepsOf(readme: string, heading: string): readonly string[] {
  const start = readme.indexOf(`\n### ${heading}\n`);
  if (start < 0) throw new Error(`dist/README.md has no section "${heading}"`);
  const [section = ''] = readme.slice(start + 1).split(/\n(?=##)/);
  const blocks = [...section.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(([, block = '']) => block);
  return blocks.flatMap((block) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.trim()),
  );
}

/** The lines of the block below `### <cluster>`. */
export function applyStepsOf(readme: string, cluster: string): readonly string[] {
  const block = new RegExp(`^### ${cluster}\\n\\n\`\`\`sh\\n([\\s\\S]*?)^\`\`\``, 'm').exec(readme)?.[1];
  if (block === undefined) throw new Error(`dist/README.md has no commands for ${cluster}`);
  return block.trim().split('\n');
}
