/** Calls Bookinfo on cluster2 from curl-greeter on cluster1, as its container would. */
import type { CommandResult } from '../machine/command';
import type { Stage } from '../stage';

export const GREETER = { namespace: 'curl-greeter', workload: 'deployment/curl-greeter', container: 'curl-greeter' };

/** The walkthrough's address of the gateway. */
export const GATEWAY_ADDRESS = '172.16.17.2';
export const HOST = 'bookinfo.com';
export const PAGE = `http://${HOST}/productpage`;

/** Runs curl in curl-greeter. */
export function curl(stage: Stage, ...args: readonly string[]): Promise<CommandResult> {
  return stage
    .findCluster('cluster1')
    .exec(GREETER, ['curl', '--silent', '--show-error', '--max-time', '10', ...args], {
      timeout: 30,
    });
}

/** Status code of a request, `000` where no answer came. */
export async function statusOf(stage: Stage, ...args: readonly string[]): Promise<string> {
  const { stdout } = await curl(stage, '--output', '/dev/null', '--write-out', '%{http_code}', ...args);
  return stdout.trim();
}
