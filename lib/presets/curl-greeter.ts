/** A pod with curl that waits for commands, for calls by hand. */
import { IMAGES } from '../images/images';
import type { Preset } from './preset';

export const curlGreeter = {
  name: 'curl-greeter',
  summary: 'curl-greeter is a pod with curl that waits for commands',
  components: [
    {
      versions: [
        {
          version: 'v1',
          image: IMAGES.curl,
          // The command of the image would end at once.
          command: ['/bin/sleep', 'infinity'],
          scratch: { tmp: '/tmp' },
          user: 1000,
        },
      ],
    },
  ],
  inapplicable: {
    host: 'curl-greeter does not receive calls',
    plainText: 'curl-greeter does not receive calls',
  },
} as const satisfies Preset;
