/** Calls the product page without pause while something else happens, and tells whether every call was answered. */
import { readFileSync } from 'node:fs';
import { Background } from '../machine/background';
import { pause, waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { pageCheck } from './page';
import { expect } from './proof';

/** Between calls, in seconds. */
const PAUSE = 0.3;
/** Calls go on for so long after the work is done, in seconds. */
const AFTERWARDS = 2;
/** The loop ends by itself, should nobody stop it. */
const MAX_CALLS = 2000;

/**
 * Does something while the caller calls; what the calls said.
 * @throws when a call got anything but the whole page, or when calls did not span the work
 */
export async function callThroughout(stage: Stage, work: () => Promise<unknown>): Promise<string> {
  const { caller } = stage.walkthrough;
  const { kubectl } = stage.findCluster(caller.cluster);
  const log = stage.lab.folder(`traffic-${Date.now()}.log`);
  const stopFile = '/tmp/stop-calling';
  await kubectl.exec(caller, ['rm', '-f', stopFile]);
  const loop = `i=0; while [ $i -lt ${MAX_CALLS} ] && [ ! -e ${stopFile} ]; do ${pageCheck(stage)}; sleep ${PAUSE}; i=$((i+1)); done`;
  const target = [
    '-n',
    caller.namespace,
    caller.workload,
    ...(caller.container === undefined ? [] : ['-c', caller.container]),
  ];
  const calls = Background.start('calls', log, kubectl.commandLine(['exec', ...target, '--', 'sh', '-c', loop]));
  const answers = (): readonly string[] => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean);
  /** Waits for one more answer than there were. */
  const next = async (count: number): Promise<void> => {
    const isThere = async (): Promise<void> => expect(answers().length > count, 'no answer came');
    await waitFor('the next answer', isThere, { timeout: 30, interval: 0.2 });
  };
  try {
    await next(0);
    const before = answers().length;
    await work();
    const during = answers().length;
    await pause(AFTERWARDS);
    await next(during);
    const failed = answers().filter((answer) => answer !== '200');
    expect(calls.ended() === undefined, `the calls ended early: ${calls.ended()}`);
    expect(during > before, 'no call was made during the work');
    expect(
      failed.length === 0,
      `${failed.length} of ${answers().length} calls failed: ${[...new Set(failed)].slice(0, 3)}`,
    );
    return `${answers().length} calls before, during and after, each with the whole page`;
  } finally {
    await kubectl.exec(caller, ['touch', stopFile]);
    await calls.stop('SIGTERM');
  }
}
