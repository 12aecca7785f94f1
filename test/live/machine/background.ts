/** A program that runs in the background, with its output in a file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { lastLines } from './command';

export class Background {
  private ending: string | undefined;

  private constructor(
    readonly name: string,
    readonly logFile: string,
    readonly process: ChildProcess,
  ) {
    process.on('error', (error) => {
      this.ending = `cannot be started: ${error.message}`;
    });
    process.on('exit', (code, signal) => {
      this.ending ??= `ended with ${signal ?? code}`;
    });
  }

  static start(name: string, logFile: string, command: readonly string[]): Background {
    const [program = '', ...args] = command;
    const log = openSync(logFile, 'a');
    try {
      return new Background(name, logFile, spawn(program, args, { stdio: ['ignore', log, log] }));
    } finally {
      // The program has a descriptor of its own.
      closeSync(log);
    }
  }

  /** Why it runs no more, with the end of its log; undefined while it does. */
  ended(): string | undefined {
    if (this.ending === undefined) return undefined;
    return `${this.name} ${this.ending}:\n${lastLines(readFileSync(this.logFile, 'utf8').trim(), 10)}`;
  }

  /** Sends a signal and waits for the end; does nothing where it came already. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    if (this.ending !== undefined) return;
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await ended;
  }
}
