/** Gives one fleet file to every command that reads it, and holds what must be so whatever the file says. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Answer, commandLine } from '../../command-line';
import { tree } from '../../written-repository';
import { FleetFolder } from '../synthesis';
import { expectSoundPage } from './page';
import { RIGHT_FLEETS } from './right-fleets';

/** Most time of the processor for all commands; more is a hang to a person who waits. */
const MOST_MS = 10_000;

const HEAD = /^\S.*?:[1-9]\d*:[1-9]\d*: (error|warning)\[[a-z0-9-]+\] /gm;
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal or a page
export const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** Commands that end with 1 for nothing but problems; `explain` also does where the answer is no. */
const LOCATED: readonly string[] = ['synth', 'check', 'bundle', 'graph', 'diff', 'prune-commands'];

/** The folders of a run: the right fleets with their output, and the odd one. */
export class Bench {
  private readonly folder = new FleetFolder();

  async prepare(): Promise<void> {
    await this.folder.prepare();
    for (const [index, fleet] of RIGHT_FLEETS.entries()) {
      const base = this.lay(this.base(index), JSON.stringify(fleet));
      const { exitCode, errorOutput } = await commandLine(base, 'synth');
      if (exitCode !== 0) throw new Error(errorOutput);
    }
  }

  /** @returns whether the fleet was accepted */
  async run(base: number, text: string): Promise<boolean> {
    const began = process.cpuUsage();
    const before = this.base(base);
    const folder = this.lay(join(this.folder.path, 'odd'), text);
    const accepted = await expectSynthesized(folder);
    await expectAnswered(folder, ['explain', 'caller', 'called']);
    if (accepted) {
      // Against the lock of another output, as after an edit.
      await expectAnswered(folder, ['check', '-o', join(before, 'dist')]);
      await expectAnswered(folder, ['bundle', 'show']);
      await expectAnswered(folder, ['graph', '--against', join(before, 'fleet.yaml')]);
      await expectAnswered(folder, ['explain', 'called']);
      const { printed } = await expectAnswered(folder, ['diff', join(before, 'dist'), '--format', 'markdown']);
      expectSoundPage(printed);
      await expectAnswered(folder, ['prune-commands', join(before, 'dist')]);
    }
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(MOST_MS);
    return accepted;
  }

  private base(index: number): string {
    return join(this.folder.path, `right-${index}`);
  }

  private lay(folder: string, text: string): string {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    symlinkSync(join(this.folder.path, 'trust'), join(folder, 'trust'));
    writeFileSync(join(folder, 'fleet.yaml'), text);
    return folder;
  }
}

/** Either all of the output, which is whole and the same again, or nothing and located problems. */
async function expectSynthesized(folder: string): Promise<boolean> {
  const { exitCode, errorOutput } = await expectAnswered(folder, ['synth']);
  const dist = join(folder, 'dist');
  if (exitCode === 1) {
    expect(existsSync(dist)).toBe(false);
    return false;
  }
  expect(exitCode).toBe(0);
  for (const [path, text] of Object.entries(tree(dist))) expectSoundFile(path, text);
  // Makes the output again, and compares each byte.
  expect(await expectAnswered(folder, ['check'])).toMatchObject({ exitCode: 0 });
  expect(errorOutput).not.toContain(': error[');
  return true;
}

/** Texts that were looked at before: most files of most runs are those of the right fleets. */
const sound = new Set<string>();

function expectSoundFile(path: string, text: string): void {
  if (sound.has(text)) return;
  sound.add(text);
  expect(text.endsWith('\n')).toBe(true);
  expect(text).not.toMatch(CONTROL);
  if (path.endsWith('.yaml')) {
    expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([]);
  } else if (path.endsWith('.md')) {
    expectSoundPage(text);
  }
}

/** Ends with 0 or 1, or 2 where a name of the command line is not in the fleet; every problem is located. */
async function expectAnswered(folder: string, args: readonly string[]): Promise<Answer> {
  const answer = await commandLine(folder, ...args);
  const said = `${answer.printed}\n${answer.errorOutput}`;
  expect(said).not.toMatch(/internal error|please report|^\s+at .+:\d+:\d+\)?$/m);
  expect(said).not.toMatch(CONTROL);
  expect([0, 1, 2]).toContain(answer.exitCode);
  if (LOCATED.includes(args[0] ?? '') && answer.exitCode === 1) {
    expect([...answer.errorOutput.matchAll(HEAD)].filter(([, severity]) => severity === 'error')).not.toEqual([]);
  }
  return answer;
}
