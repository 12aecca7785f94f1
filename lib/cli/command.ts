/** Says how a command takes its place in the command line. */
import type { Command } from 'commander';
import type { Environment, ExitCode } from './environment';

/** Runs what a command does, and keeps its exit code. */
export type Answer = (work: (environment: Environment) => ExitCode | Promise<ExitCode>) => Promise<void>;

/** Adds a command with its arguments, options and help. */
export type AddCommand = (program: Command, answer: Answer) => void;
