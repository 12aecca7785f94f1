/** Commands that have been renamed. An old name is refused with a message that names the new one. */
import type { Command } from 'commander';

/** Each old name, and the new one. */
const RENAMED_COMMANDS = { removed: 'prune-commands' };

/** Adds each old name as a hidden command that ends with a usage error, whatever its arguments and options are. */
export function addRenamedCommands(program: Command): void {
  for (const [name, newName] of Object.entries(RENAMED_COMMANDS)) {
    program
      .command(name, { hidden: true })
      .helpOption(false)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => program.error(`error: the command "${name}" is now called "${newName}"`));
  }
}
