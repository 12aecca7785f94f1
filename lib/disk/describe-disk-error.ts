/** Describes errors of the file system in words. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EAGAIN: 'it has no data to read',
  EISDIR: 'it is a directory',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is not a regular file',
  EPERM: 'permission denied',
  ERR_INVALID_ARG_VALUE: 'its name contains a character that is not valid in a file name',
};

export function describeDiskError(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code);
  return REASONS[code] ?? code;
}
