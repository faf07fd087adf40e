// One line of JSON for each thing worth telling, as CloudWatch Logs Insights reads them. No text of a script, no secret.

export type Log = (level: 'INFO' | 'WARN' | 'ERROR', message: string, details?: Record<string, unknown>) => void

/** `about` is on every line: whose work it is. */
export function logAbout(
  about: Record<string, unknown>,
  write = (line: string) => void process.stdout.write(line),
): Log {
  return (level, message, details) =>
    write(
      `${JSON.stringify({ level, timestamp: new Date().toISOString(), message, service: 'render', ...about, ...details })}\n`,
    )
}
