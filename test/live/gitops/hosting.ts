/** Serves a Git repository and a chart repository to the controllers of GitOps tools. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cluster } from '../cluster/cluster';
import { makeClusterPki, pkiFile } from '../cluster/pki';
import { run } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { makeChartRepository } from './charts';
import { FleetRepository } from './repository';

const PORT = 8444;

export class Hosting {
  private constructor(
    private readonly folder: string,
    private readonly address: string,
    readonly repository: FleetRepository,
  ) {}

  /** Makes both repositories once for a run; `host` is the cluster beside which they are served. */
  static async make(stage: Stage, host: Cluster): Promise<Hosting> {
    const folder = stage.lab.folder('gitops');
    await makeClusterPki(join(folder, 'pki'), [{ name: 'server', commonName: 'server', serves: [host.address] }]);
    const repository = await FleetRepository.make(join(folder, 'root', 'git', 'fleet.git'), stage.fleet.folder);
    const hosting = new Hosting(folder, host.address, repository);
    const version = stage.programs.version('istio');
    await makeChartRepository(join(folder, 'root', 'charts'), stage.materials, { version, url: hosting.charts });
    return hosting;
  }

  get url(): string {
    return `https://${this.address}:${PORT}/git/fleet.git`;
  }

  get charts(): string {
    return `https://${this.address}:${PORT}/charts`;
  }

  /** Lets programs written in Go, and git, trust the server. */
  get environment(): readonly string[] {
    const ca = pkiFile(join(this.folder, 'pki'), 'ca', 'crt');
    return [`SSL_CERT_FILE=${ca}`, `GIT_SSL_CAINFO=${ca}`];
  }

  /** A folder for files of a program, empty when it starts on a cluster that is. */
  makeFolder(program: string): string {
    const folder = join(this.folder, program);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Serves until the cluster stops. */
  async serve(host: Cluster): Promise<void> {
    const pki = join(this.folder, 'pki');
    host.node.background('web-server', [
      ...[process.execPath, '--import', pathToFileURL(require.resolve('tsx')).href, join(__dirname, 'web-server.ts')],
      ...[String(PORT), pkiFile(pki, 'server', 'crt'), pkiFile(pki, 'server', 'key'), join(this.folder, 'root')],
    ]);
    await waitFor('Git over https', () => run(host.enter(['env', ...this.environment, 'git', 'ls-remote', this.url])), {
      timeout: 30,
    });
  }
}
