/** Volumes and folders of the server's pod that plugins share with each other, or with the agent beside a nested server. */

/** Folder of the server's volume, whose content outlives the pod. */
export const SERVER_FOLDER = '/var/lib/spire/server';

/** The root certificates of the trust domain, which are public. */
export const ROOT_FILE = {
  volume: 'root',
  configMap: 'spire-server-root',
  folder: '/run/spire/root',
  file: 'root.pem',
} as const;

/** The Workload API of the agent beside a nested server; only the two share it. */
export const UPSTREAM_SOCKET = {
  volume: 'upstream-socket',
  folder: '/run/spire/upstream-socket',
  file: 'socket',
} as const;

/** Name of the agent beside a nested server, and of what belongs to it. */
export const UPSTREAM_AGENT_NAME = 'spire-upstream-agent';

/** Folder with the certificate that the agent beside a nested server attests with. */
export const UPSTREAM_CERTIFICATE_FOLDER = '/run/spire/upstream-certificate';
