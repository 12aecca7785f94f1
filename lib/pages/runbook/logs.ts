/** Commands that read the logs of the SPIRE server, of agents and of Istio's proxies. */
import { APP_LABEL, ISTIO, SPIRE_AGENT, SPIRE_SERVER } from '../../model/names';
import type { ResolvedCluster } from '../../model/resolved-fleet';
import { mostServers } from '../../model/spire/server-settings';
import { shellWord } from '../../problems/shell';

/** The label that Istio sets on every pod with an injected proxy. */
const PROXIED = 'security.istio.io/tlsMode=istio';

/** The logs of a container in the pods of the server, by default of the server itself. */
export function serverLog(
  { name, spire }: ResolvedCluster,
  pattern: string,
  container: string = SPIRE_SERVER.name,
): string {
  const isOne = mostServers(spire.server) === 1;
  const pods = isOne ? `${SPIRE_SERVER.name}-0` : `-l ${APP_LABEL}=${SPIRE_SERVER.name} --prefix --tail=-1`;
  return `kubectl --context ${name} logs -n ${spire.serverNamespace} ${pods} -c ${container} --since=1h | grep -E ${shellWord(pattern)}`;
}

/** The logs of the agents on all nodes. */
export function agentLogs({ name, spire }: ResolvedCluster, pattern: string): string {
  const pods = `-n ${spire.agentNamespace} -l ${APP_LABEL}=${SPIRE_AGENT.name} -c ${SPIRE_AGENT.name}`;
  return `kubectl --context ${name} logs ${pods} --prefix --since=1h --tail=-1 | grep -E ${shellWord(pattern)}`;
}

/** The requests in the gateway's access log that were answered with this status. */
export function gatewayLog({ name }: ResolvedCluster, status: number): string {
  return `kubectl --context ${name} logs -n ${ISTIO.namespace} deploy/${ISTIO.gateway} --since=1h | grep '" ${status} '`;
}

/** The same in the access logs of all proxies of a namespace. */
export function proxyLogs(context: string, namespace: string, status: number): string {
  const pods = `-n ${namespace} -l ${PROXIED} -c istio-proxy`;
  return `kubectl --context ${context} logs ${pods} --prefix --since=1h --tail=-1 | grep '" ${status} '`;
}
