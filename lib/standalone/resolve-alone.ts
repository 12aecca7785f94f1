/** Decides everything about one cluster without a fleet file, by the schema, the defaults and the rules of one. */
import { checkShape } from '../fleet/check-shape';
import { problemError } from '../model/problem-error';
import { resolve } from '../model/resolve';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { isError } from '../problems/problem';
import type { FederatedClusterProps } from './federated-cluster';

/**
 * @param name of the cluster
 * @param where names the construct in errors
 * @throws Error that lists every problem
 */
export function resolveAlone(name: string, props: FederatedClusterProps, where: string): ResolvedCluster {
  const { files, document } = documentOf(name, props);
  const { fleet: written, problems: shape } = checkShape(document);
  if (written === undefined) throw problemError(shape, where);
  const { fleet, problems } = resolve(written, {
    readTrustFile: (path) => {
      const text = files.get(path);
      return text === undefined ? { missing: true } : { text };
    },
    now: props.now,
  });
  const cluster = fleet?.clusters[0];
  if (cluster === undefined) throw problemError(problems.filter(isError), where);
  return cluster;
}

/** A fleet of one cluster; certificates become files that only this fleet has. */
function documentOf(
  name: string,
  props: FederatedClusterProps,
): { readonly document: unknown; readonly files: ReadonlyMap<string, string> } {
  const {
    clusterName: _,
    root,
    bundle,
    upstreamSecret,
    federatesWith = {},
    workloads = {},
    now: __,
    ...cluster
  } = props;
  const files = new Map<string, string>();
  const file = (path: string, text: string | undefined): string | undefined => {
    if (text !== undefined) files.set(path, text);
    return text === undefined ? undefined : path;
  };
  const partners = Object.entries(federatesWith).map(([peer, { root: pem, bundle: json, ...partner }]) => [
    peer,
    withoutUndefined({
      ...partner,
      trust: withoutUndefined({ root: file(`${peer}.pem`, pem), bundle: file(`${peer}.json`, json) }),
    }),
  ]);
  const own = { root: file('root', root), bundle: file('bundle', bundle), secret: upstreamSecret };
  const document = {
    fleet: name,
    clusters: { [name]: withoutUndefined({ ...cluster, trust: withoutUndefined(own) }) },
    ...(partners.length > 0 && {
      partners: Object.fromEntries(partners),
      federation: partners.map(([peer]) => ({ between: [name, peer] })),
    }),
    ...(Object.keys(workloads).length > 0 && {
      workloads: Object.fromEntries(
        Object.entries(workloads).map(([key, { partner, ...workload }]) => [
          key,
          { ...(partner === undefined ? { cluster: name } : { partner }), ...workload },
        ]),
      ),
    }),
  };
  return { document, files };
}

const withoutUndefined = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
