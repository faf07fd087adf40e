// The few error classes. Their literal names are what the workflow document retries and catches
// (`constructor.name` would be minified away in a bundle). Messages are one line that says what to do.

/** The user's mistake: names the field, the rule and the value. Never retried. */
export class InputError extends Error {
  override name = 'InputError'
}

/** May go well later (throttled, timed out, a child that crashed). The workflow retries it. */
export class TransientError extends Error {
  override name = 'TransientError'
}

/** Nothing under that key or id. */
export class NotFoundError extends Error {
  override name = 'NotFoundError'
}

/** Somebody else was there first: the id exists or the version has moved on. */
export class ConflictError extends Error {
  override name = 'ConflictError'
}

/** The finished file is not what was asked for; the findings say where. Never retried. */
export class FaultyVideoError extends Error {
  override name = 'FaultyVideoError'
}
