/** A Git repository with dist/ of the tested fleet and nothing else. */
import { run } from '../machine/command';

export class FleetRepository {
  private constructor(
    /** The bare repository. */
    readonly path: string,
    private readonly workTree: string,
  ) {}

  /** @param workTree folder with dist/; what lies beside it, private keys among it, is never added */
  static async make(path: string, workTree: string): Promise<FleetRepository> {
    await run(['git', 'init', '--quiet', '--bare', '--initial-branch=main', path]);
    return new FleetRepository(path, workTree);
  }

  /** Commits dist/ as it is now; the commit. */
  async commit(message: string): Promise<string> {
    await this.git('add', '--all', 'dist');
    await this.git('commit', '--quiet', '--allow-empty', '--message', message);
    return (await this.git('rev-parse', 'HEAD')).trim();
  }

  private git(...args: readonly string[]): Promise<string> {
    const settings = ['core.bare=false', 'user.name=fleet', 'user.email=fleet@example.org'];
    return run(
      [
        ...['git', ...settings.flatMap((setting) => ['-c', setting])],
        ...[`--git-dir=${this.path}`, `--work-tree=${this.workTree}`, ...args],
      ],
      { cwd: this.workTree },
    );
  }
}
