/** Writes what a run leaves behind: the report, and of each failure the logs and states that show why. */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import { renderReport } from './render-report';
import type { LiveReport } from './report';

/** What a failure is explained from; in most clusters these are the namespaces of SPIRE and Istio. */
const LOGGED = [
  { namespace: 'spire-server', workload: 'statefulset/spire-server' },
  { namespace: 'spire-system', workload: 'daemonset/spire-agent' },
  { namespace: 'istio-system', workload: 'deployment/istiod' },
  { namespace: 'istio-system', workload: 'deployment/istio-ingressgateway' },
];
const LOG_LINES = 300;

export class ReportFolder {
  private failures = 0;

  constructor(readonly path: string) {}

  /** Forgets what an earlier run wrote: a run that ends early must not be taken for that one. */
  clear(): void {
    rmSync(this.path, { recursive: true, force: true });
    mkdirSync(this.path, { recursive: true });
  }

  write(report: LiveReport): void {
    writeFileSync(join(this.path, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(join(this.path, 'report.md'), renderReport(report));
  }

  /** Keeps pods, events and logs of the clusters; where they are. */
  async keepEvidence(clusters: readonly Cluster[]): Promise<string> {
    this.failures++;
    const folder = join(this.path, `failure-${this.failures}`);
    for (const cluster of clusters) {
      const own = join(folder, cluster.name);
      mkdirSync(own, { recursive: true });
      const logs = join(cluster.folder, 'logs');
      if (existsSync(logs)) cpSync(logs, join(own, 'node'), { recursive: true });
      const states = await cluster.kubectl.tryRun(['get', 'pods,events', '-A', '-o', 'wide'], { timeout: 20 });
      writeFileSync(join(own, 'pods-and-events.txt'), states.stdout || states.stderr);
      for (const target of LOGGED) {
        const text = await cluster.kubectl.logsOf(target, LOG_LINES);
        writeFileSync(join(own, `${target.workload.replace('/', '-')}.log`), text);
      }
    }
    return `logs and states are in ${folder}`;
  }
}
