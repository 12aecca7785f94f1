/** Security contexts that the Pod Security level "restricted" requires. */
import type { k8s } from 'cdk8s-plus-27';

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
export const RESTRICTED_CONTAINER: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** User of the SPIRE server's image, and of everything else in its pod. */
export const SERVER_USER = 1000;

/** Security context of a pod with one numeric user, which also owns the files in the pod's volumes. */
export function restrictedPod(user: number): k8s.PodSecurityContext {
  return {
    fsGroup: user,
    fsGroupChangePolicy: 'OnRootMismatch',
    runAsGroup: user,
    runAsNonRoot: true,
    runAsUser: user,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}
