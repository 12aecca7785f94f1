/** Calls Bookinfo without pause while something else happens, and tells how many calls were answered. */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Stage } from '../stage';
import { GREETER, PAGE } from './calls';
import { expect } from './proof';

/** Between calls, in seconds. */
const PAUSE = 0.3;

export class TrafficWatch {
  private output = '';

  private constructor(private readonly process: ChildProcess) {
    process.stdout?.on('data', (chunk: Buffer) => {
      this.output += chunk.toString('utf8');
    });
  }

  /** Starts calling from curl-greeter, for at most ten minutes. */
  static start(stage: Stage): TrafficWatch {
    const { namespace, workload, container } = GREETER;
    const call = `curl -s -o /dev/null -w '%{http_code}\\n' --max-time 10 ${PAGE}`;
    const loop = `i=0; while [ $i -lt 2000 ]; do ${call}; sleep ${PAUSE}; i=$((i+1)); done`;
    const kubectl = stage.programs.path('kubernetes', 'kubectl');
    const [program = '', ...args] = stage
      .findCluster('cluster1')
      .enter([kubectl, 'exec', '-n', namespace, workload, '-c', container, '--', 'sh', '-c', loop]);
    return new TrafficWatch(spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] }));
  }

  /** Ends the calls; how many there were. Fails when one of them was not answered with 200. */
  async stopUninterrupted(): Promise<string> {
    this.process.kill('SIGTERM');
    await new Promise((resolve) => this.process.once('exit', resolve));
    const codes = this.output.trim().split('\n');
    const failed = codes.filter((code) => code !== '200');
    expect(codes.length > 3, `only ${codes.length} calls were made`);
    expect(failed.length === 0, `${failed.length} of ${codes.length} calls failed: ${[...new Set(failed)]}`);
    return `${codes.length} calls, all 200`;
  }
}
