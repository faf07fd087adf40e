import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { shortened } from '../../format.ts'

/** What people look for first, in words; the rest stands below under its own name. */
const names: Record<string, string> = {
  'video.mp4': 'Video (MP4)',
  'captions.srt': 'Captions (SRT)',
  'captions.vtt': 'Captions (WebVTT)',
  'captions.ass': 'Captions (ASS, styled)',
  'poster.jpg': 'Poster (JPEG)',
  'preview.webp': 'Preview (animated WebP)',
  'storyboard.jpg': 'Storyboard (JPEG)',
  'storyboard.vtt': 'Storyboard index (WebVTT)',
  'timeline.json': 'Timeline (JSON)',
  'metadata.json': 'Metadata (JSON)',
  'bill.json': 'Bill (JSON)',
  'qc.json': 'Checks (JSON)',
}

/** A list of links that folds out; closes with Escape, and when somebody presses or goes elsewhere. */
export function Downloads({ links, title }: { links: Record<string, string>; title: string }) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = menu.current
      if (element?.open && !element.contains(event.target as Node)) element.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('focusin', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('focusin', close)
    }
  }, [])
  // The files of HLS are of use only together.
  const files = Object.entries(links).filter(([name]) => !name.includes('/') || name === 'hls/master.m3u8')
  const ordered = [...Object.keys(names), ...files.map(([name]) => name)].filter(
    (name, index, all) => name in links && all.indexOf(name) === index,
  )
  return (
    <details
      class="menu"
      ref={menu}
      onToggle={(event) => place(event.currentTarget)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return
        menu.current.open = false
        menu.current.querySelector('summary')?.focus()
      }}
    >
      <summary class="button button--primary button--medium">
        <Icon name="download" />
        <span class="button__text">Download</span>
        <Icon name="down" size={16} />
      </summary>
      <ul class="menu__list">
        {ordered.map((name) => (
          <li key={name}>
            <a href={links[name]} download={fileName(title, name)}>
              {names[name] ?? name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** 'the-old-sea-video.mp4': so that those of several videos are told apart. Letters of every script stay. */
function fileName(title: string, name: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return [...shortened(words.join(' '), 60).replace('…', '').split(' '), name.replaceAll('/', '-')]
    .filter((part) => part !== '')
    .join('-')
}

/** Upwards where there is no room below; where there is none above either, the page goes to it. */
function place(menu: HTMLDetailsElement): void {
  menu.classList.remove('menu--up')
  const list = menu.querySelector<HTMLElement>('.menu__list')
  if (!menu.open || !list) return
  const { bottom, height } = list.getBoundingClientRect()
  if (bottom <= innerHeight - bottomBarPx) return
  menu.classList.toggle('menu--up', menu.getBoundingClientRect().top - topBarPx > height)
  list.scrollIntoView({ block: 'nearest' })
}
/** As high as they are at most, with a little room. */
const topBarPx = 76
const bottomBarPx = 76
