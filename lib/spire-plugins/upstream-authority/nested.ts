/** The SPIRE server of another cluster, which a nested server asks through an agent beside it; SPIRE's plugin for it is called spire. */
import { UPSTREAM_AGENT_NAME, UPSTREAM_SOCKET } from '../pod-paths';
import { rootVolume } from '../root-volume';
import { certificateEnded } from './certificate-in-secret';
import type { NestedAuthority } from './upstream-authority';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_spire.md */
export const nested: NestedAuthority = {
  plan: (server) => {
    const { cluster, namespace, upstream } = server;
    if (upstream === undefined) return undefined;
    return {
      plugin: 'spire',
      configuration: {
        server_address: upstream.address,
        server_port: String(upstream.port),
        workload_api_socket: `${UPSTREAM_SOCKET.folder}/${UPSTREAM_SOCKET.file}`,
      },
      // For the agent, which mounts it; the server gets the root from the server above.
      volumes: [rootVolume(server)],
      mounts: [{ name: UPSTREAM_SOCKET.volume, path: UPSTREAM_SOCKET.folder, readOnly: false }],
      secrets: [
        {
          name: upstream.secret,
          type: 'kubernetes.io/tls',
          keys: ['tls.crt', 'tls.key'],
          holds: 'certificate of the nested server',
          purpose: `certificate with the common name \`${cluster}\`, under the root that the serverApi of ${upstream.cluster} names, and its key: by it the server proves to that of ${upstream.cluster} who it is; renew it before it ends (no restart needed)`,
        },
      ],
      failure: certificateEnded(namespace, upstream.secret),
      egress: [{ policy: UPSTREAM_AGENT_NAME, address: upstream.address, port: upstream.port }],
    };
  },
  read: ({ server_address: address, server_port: port, workload_api_socket: socket }) => ({ address, port, socket }),
};
