/** What plugins need in the pod of a SPIRE server or agent. */
import type { k8s } from 'cdk8s-plus-27';
import type { PluginMount, PluginVariable, PluginVolume } from '../spire-plugins/plugin';

/** Life of a token for a plugin, which the kubelet renews in time. */
const TOKEN_SECONDS = 3600;

export function volumeOf(volume: PluginVolume): k8s.Volume {
  const { name } = volume;
  if ('secret' in volume) return { name, secret: { secretName: volume.secret, defaultMode: 0o440 } };
  if ('providedConfigMap' in volume) return { name, configMap: { name: volume.providedConfigMap } };
  if ('claim' in volume) return { name, persistentVolumeClaim: { claimName: volume.claim, readOnly: true } };
  // The kubelet would otherwise create a folder that is not there, and the plugin would wait for its socket in vain.
  if ('hostPath' in volume) return { name, hostPath: { path: volume.hostPath, type: 'Directory' } };
  if ('configMap' in volume) return { name, configMap: { name: volume.configMap.name } };
  const { audience, file: path } = volume.token;
  return {
    name,
    projected: { sources: [{ serviceAccountToken: { audience, path, expirationSeconds: TOKEN_SECONDS } }] },
  };
}

export function mountOf({ name, path, readOnly = true }: PluginMount): k8s.VolumeMount {
  return { name, mountPath: path, ...(readOnly && { readOnly }) };
}

export function variableOf(variable: PluginVariable): k8s.EnvVar {
  const { name } = variable;
  if ('value' in variable) return { name, value: variable.value };
  const valueFrom =
    'field' in variable
      ? { fieldRef: { fieldPath: variable.field } }
      : { secretKeyRef: { name: variable.secret, key: variable.key } };
  return { name, valueFrom };
}

/** The argument by which SPIRE replaces variables in its configuration. */
export function expansionOf(variables: readonly PluginVariable[]): readonly string[] {
  return variables.some(({ inConfiguration }) => inConfiguration) ? ['-expandEnv'] : [];
}
