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
])
const plainly: Record<string, string> = {
  AccountError: "a service does not accept this installation's account at the moment; its operator has to see to that",
}

export function toldOf({ name, message }: { name: string; message: string }): { name: string; message: string } {
  if (forUsers.has(name)) return { name, message }
  return {
    name,
    message:
      plainly[name] ??
      'something on the way did not work, several times; ask for it to be tried again: what was made is not made or bought twice',
  }
}
