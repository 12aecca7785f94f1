/** The types of a command of the command line. */
import type { Command } from 'commander';
import type { Environment, ExitCode } from './environment';

/** Runs the work of a command and keeps its exit code. */
export type RunCommand = (work: (environment: Environment) => ExitCode | Promise<ExitCode>) => Promise<void>;

/** Adds a command to the command line, with its arguments, options and help. */
export type AddCommand = (program: Command, runCommand: RunCommand) => void;
