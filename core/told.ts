// What users are told of why a video could not be made.

/** What the request, its video or a service's refusal is about is the user's; the rest is for the operator's logs. */
const forUsers = new Set([
  'InputError',
  'BudgetError',
  'RefusedError',
  'BrokenAnswerError',
  'FaultyVideoError',
  'LostError',
  'TimedOutError',
  // Names the service and what is wrong with the account: whoever reads it may be who can mend it.
  'AccountError',
])
export function toldOf({ name, message }: { name: string; message: string }): { name: string; message: string } {
  if (forUsers.has(name)) return { name, message }
  return {
    name,
    message:
      'something on the way did not work, several times; ask for it to be tried again: what was made is not made or bought twice',
  }
}
