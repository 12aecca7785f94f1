/**
 * Formats of the folder and the name of a socket on a node.
 *
 * Linux takes paths of sockets of at most 107 bytes, so each part has a limit.
 * @see https://man7.org/linux/man-pages/man7/unix.7.html sun_path
 */
import { type Format, nodePath } from './formats';

const LONGEST_FOLDER = 70;
const LONGEST_NAME = 36;

export const socketFolder: Format = {
  ...nodePath,
  example: '/run/spire/sockets',
  check: (text) =>
    nodePath.check(text) ??
    (text.length > LONGEST_FOLDER
      ? `it is longer than ${LONGEST_FOLDER} characters, and paths of sockets are short`
      : undefined),
};

export const socketName: Format = {
  what: 'the name of a socket',
  example: 'socket',
  pattern: `^[A-Za-z0-9_][A-Za-z0-9._-]{0,${LONGEST_NAME - 1}}$`,
  check: (text) =>
    /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text)
      ? text.length > LONGEST_NAME
        ? `it is longer than ${LONGEST_NAME} characters, and paths of sockets are short`
        : undefined
      : 'it may have letters, digits, "-", "_" and ".", and begins with none of "-" and "."',
};
