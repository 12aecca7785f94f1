/** Reads the commands that dist/README.md tells a person to run. */

/** The lines of the block below `### <cluster>`. */
export function applyStepsOf(readme: string, cluster: string): readonly string[] {
  const block = new RegExp(`^### ${cluster}\\n\\n\`\`\`sh\\n([\\s\\S]*?)^\`\`\``, 'm').exec(readme)?.[1];
  if (block === undefined) throw new Error(`dist/README.md has no commands for ${cluster}`);
  return block.trim().split('\n');
}
