// Where the focus goes when what had it is gone.

/** To the page's heading, or to `place`, once no dialog is open any more: those hold the focus. */
export function focusOn(place = 'main h1', framesLeft = 30): void {
  requestAnimationFrame(() => {
    if (document.querySelector('dialog[open]')) {
      if (framesLeft > 0) focusOn(place, framesLeft - 1)
      return
    }
    const element = document.querySelector<HTMLElement>(place) ?? document.querySelector<HTMLElement>('main h1')
    element?.focus({ preventScroll: place === 'main h1' })
  })
}

/** To the first field that is wrong, once its message is there. */
export function focusOnProblem(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    // A row's message is about a file that was refused before, and keeps nothing from being sent.
    const first = form?.querySelector<HTMLElement>('[aria-invalid], .field__error:not(.file-row *)')
    if (first?.matches('[aria-invalid]')) return focusInView(first)
    if (!first) return
    // Of a group of cards or files: what is chosen there, else the first that can be.
    const group = first.closest<HTMLElement>('fieldset, .one-file, .field, .create__section') ?? form
    const choice = group?.querySelector<HTMLElement>('input:checked') ?? group?.querySelector<HTMLElement>(controls)
    if (choice) focusInView(choice)
  })
}

/** Where a bar at the edge of a small window lies over it, it goes to the middle. */
function focusInView(element: HTMLElement): void {
  element.focus()
  const { left, top, width, height } = element.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, top + height / 2)
  if (!element.contains(seen)) element.scrollIntoView({ block: 'center' })
}

/** What one writes or chooses in; not files, which their buttons stand for. */
export const controls =
  'input:not([type=file], [hidden], [tabindex="-1"]), textarea, select, .one-file .button, .drop-zone .button'
