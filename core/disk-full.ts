/** SQLite's own number for it: https://www.sqlite.org/rescode.html */
const SQLITE_FULL = 13

/** Whether an error, or what caused it, says that there is no room left to write to. */
export function isDiskFull(error: unknown): boolean {
  const { code, errcode, cause } = Object(error) as { code?: unknown; errcode?: unknown; cause?: unknown }
  return code === 'ENOSPC' || code === 'EDQUOT' || errcode === SQLITE_FULL || (cause !== undefined && isDiskFull(cause))
}
