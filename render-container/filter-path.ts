/** A path as the value of a filter's option: escaped once for the option list and once for the graph. */
export function filterPath(path: string): string {
  return path.replace(/[\\':]/g, '\\$&').replace(/[\\'[\],;]/g, '\\$&')
}
