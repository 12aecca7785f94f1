/** Describes errors of the file system in words. */

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EAGAIN: 'it gives nothing to read',
  EISDIR: 'it is a directory',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  ENXIO: 'it is not a regular file',
  EPERM: 'permission denied',
  ERR_INVALID_ARG_VALUE: 'its name holds a character that no file name can hold',
};

export function describeDiskError(error: unknown): string {
  const code = String((error as NodeJS.ErrnoException).code);
  return REASONS[code] ?? code;
}
