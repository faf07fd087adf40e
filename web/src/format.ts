// Numbers and times as people read them, in English as all of the page is.

/** '$0.29'; below a cent as many digits as it takes ('$0.0042'); '$0.00' for nothing. */
export function money(usd: number): string {
  if (usd === 0) return '$0.00'
  const digits = Math.abs(usd) >= 0.01 ? 2 : Math.min(6, 1 - Math.floor(Math.log10(Math.abs(usd))))
  return `${usd < 0 ? '−' : ''}$${Math.abs(usd).toFixed(digits)}`
}

/** At a line of a scale: in dollars, with as many digits as its `step` takes ('$0.050' where that is $0.025). */
export function exactMoney(usd: number, step = usd): string {
  const isExact = (digits: number) => Math.abs(Number(step.toFixed(digits)) - step) < step * 1e-6
  const digits = [2, 3, 4, 5, 6, 7].find(isExact) ?? 8
  return `$${usd.toFixed(digits)}`
}

/** Rounded up to a whole cent, for what has to be enough. */
export function upToCent(usd: number): number {
  // 0.29 * 100 is a little less than 29, and 0.07 * 100 a little more than 7.
  return Math.ceil(Number((usd * 100).toPrecision(12))) / 100
}

/** '42 s', '1 min 5 s', '2 h 3 min'. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
}

/** As players show it: '0:42', '1:02:05'; rounded as `duration` is. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (number: number) => String(number).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

/** '3.4 MB'. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3))
  const number = bytes / 1000 ** power
  return `${number.toFixed(number < 10 ? 1 : 0)} ${['', 'kB', 'MB', 'GB'][power]}`
}

/** '1 scene', '7 scenes'. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`
}

/** '12 Mar 2026, 14:05' in the reader's time zone. */
export function dateTime(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** '12 Mar 2026'. */
export function date(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', { dateStyle: 'medium' })
}

/** 'just now', '5 minutes ago', 'yesterday'; older than a week: the date. */
export function ago(iso: string, nowMs = Date.now()): string {
  const seconds = (nowMs - Date.parse(iso)) / 1000
  if (seconds < 45) return 'just now'
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  if (seconds < 3600) return words.format(-Math.max(1, Math.round(seconds / 60)), 'minute')
  if (seconds < 86_400) return words.format(-Math.round(seconds / 3600), 'hour')
  if (seconds < 7 * 86_400) return words.format(-Math.round(seconds / 86_400), 'day')
  return date(iso)
}

/** At most `most` letters, cut between words. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const end = text.lastIndexOf(' ', most)
  return `${text.slice(0, end > 0 ? end : most)}…`
}
