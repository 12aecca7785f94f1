/** Words why the disk refused to give something. */

export function diskReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EACCES' ? 'permission denied' : String(code);
}
