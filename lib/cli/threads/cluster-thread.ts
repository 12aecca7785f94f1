/** Is a thread of its own that makes the output of clusters, as its user sees it. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ResolvedCluster } from '../../model/resolved-fleet';
import type { ClusterOutput } from '../../output/cluster-output';
import type { Origin } from '../../output/output-file';
import { ownFolder } from '../own-package';

/** What a thread is told when it starts. */
export interface ClusterThreadData {
  /** What the first line of each file tells. */
  readonly origin: Origin;
}

/** What a thread is asked for: the outputs of these clusters, in their order, or its end. */
export type ClusterThreadTask = readonly ResolvedCluster[] | 'end';

interface Waiting {
  readonly resolve: (outputs: readonly ClusterOutput[]) => void;
  readonly reject: (error: unknown) => void;
}

export class ClusterThread {
  private readonly worker: Worker;
  /** In the order of the answers. */
  private readonly waiting: Waiting[] = [];
  private readonly ended: Promise<unknown>;
  private failure?: Error;

  constructor(origin: Origin) {
    const workerData: ClusterThreadData = { origin };
    this.worker = new Worker(...threadProgram(workerData));
    this.ended = once(this.worker, 'exit').catch(() => {});
    this.worker.on('message', (outputs: readonly ClusterOutput[]) => this.waiting.shift()?.resolve(outputs));
    for (const event of ['error', 'messageerror']) this.worker.on(event, (cause) => this.fail(cause));
    this.worker.on('exit', (code) => this.fail(`it ended with ${code} before its work was done`));
  }

  /**
   * Each cluster with its output. What is asked for first comes first.
   * @throws Error whose cause is the first thing that the thread threw
   */
  async make(clusters: readonly ResolvedCluster[]): Promise<readonly (readonly [ResolvedCluster, ClusterOutput])[]> {
    if (this.failure !== undefined) throw this.failure;
    const outputs = await new Promise<readonly ClusterOutput[]>((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.ask(clusters);
    });
    return outputs.map((output, index) => [clusters[index] as ResolvedCluster, output]);
  }

  /** Waits for the end of what it does, so that it can note what Node compiled for it; what is left undone is dropped. */
  async end(): Promise<void> {
    this.ask('end');
    await this.ended;
  }

  private ask(task: ClusterThreadTask): void {
    this.worker.postMessage(task);
  }

  private fail(cause: unknown): void {
    // Whatever it was, it is not what a disk says of a file.
    this.failure ??= new Error('a thread failed', { cause });
    for (const { reject } of this.waiting.splice(0)) reject(this.failure);
  }
}

/** The source in a checkout, what was bundled of it in the published package. */
function threadProgram(workerData: ClusterThreadData): ConstructorParameters<typeof Worker> {
  const own = ownFolder();
  const source = join(own, 'lib', 'cli', 'threads', 'cluster-thread-program.ts');
  return existsSync(source)
    ? [source, { workerData, execArgv: ['--require', join(own, 'bin', 'typescript.js')] }]
    : [join(own, 'build', 'programs', 'cli', 'threads', 'cluster-thread-program.js'), { workerData, execArgv: [] }];
}
