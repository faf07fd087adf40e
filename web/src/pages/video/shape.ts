/** How a video's pictures stand on the page. */
export function shapeOf(format: string): 'tall' | 'square' | 'wide' {
  if (format === '9:16') return 'tall'
  return format === '1:1' ? 'square' : 'wide'
}
