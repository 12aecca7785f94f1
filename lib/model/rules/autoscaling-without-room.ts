/** Finds autoscalers whose fewest pods are as many as their most. */
import { serverSetting } from '../settings';
import { defineRule } from './rule';

export const autoscalingWithoutRoom = defineRule({
  code: 'autoscaling-without-room',
  severity: 'error',
  looksFor: 'autoscaling of a SPIRE server with as many replicas as maxReplicas, or more',
  why: 'the number of servers would never change; with more replicas than maxReplicas, the API server refuses the HorizontalPodAutoscaler.',
  source: 'kubernetes pkg/apis/autoscaling/validation/validation.go validateHorizontalPodAutoscalerSpec',
  example: { maxReplicas: 3, replicas: 3 },
  check: ({ written, clusters }, find) => {
    for (const [name, { spire }] of clusters) {
      const { replicas, autoscaling } = spire.server;
      if (autoscaling === undefined || autoscaling.maxReplicas > replicas) continue;
      find([...serverSetting(written, name, 'autoscaling').place, 'maxReplicas'], {
        maxReplicas: autoscaling.maxReplicas,
        replicas,
      });
    }
  },
});
