/** Rows of at most `width`; broken before `at`, which goes to the next row. */
export function wrapped(text: string, width: number, at: string): string[] {
  const rows = ['']
  for (const [i, part] of text.split(at).entries()) {
    const piece = i === 0 ? part : `${at}${part}`
    if (rows.at(-1)!.length + piece.length <= width) rows[rows.length - 1] += piece
    else rows.push(piece.trimStart())
  }
  return rows
}
