// Our own drawings on a grid of 24, in the colour of the text around them.
const drawings = {
  create: 'M12 5v14M5 12h14',
  library: 'M4 5h16v14H4zM4 9.5h16M9 5l-2 4.5M14 5l-2 4.5M19 5l-2 4.5',
  usage: 'M5 20v-7M12 20V4M19 20v-10',
  key: 'M15.5 3.800a4.700 4.700 0 1 1 0 9.400 4.700 4.700 0 0 1 0-9.400zM12.200 11.800 4 20M6.300 17.700l2.500 2.500M9.200 14.800l2 2',
  sun: 'M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2z',
  auto: 'M12 3.5a8.5 8.5 0 1 0 0 17zM12 3.5a8.5 8.5 0 0 1 0 17',
  play: 'M8 5.2v13.6L19 12z',
  pause: 'M8.5 5v14M15.5 5v14',
  stop: 'M7 7h10v10H7z',
  upload: 'M12 16V4.5M7 9l5-4.8L17 9M4.5 15.5v4h15v-4',
  download: 'M12 4v11.5M7 11l5 4.8 5-4.8M4.5 15.5v4h15v-4',
  picture: 'M4 5h16v14H4zM4 16l4.8-4.6 4 3.8 2.7-2.4L20 17M15.5 9.2h.01',
  clip: 'M3.5 6.5h12v11h-12zM15.5 11l5-3v8l-5-3',
  music: 'M9 17.5V5.5l10-2v12M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0zM19 15.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z',
  voice: 'M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  captions: 'M3.5 5.5h17v13h-17zM7 14.5h5M15 14.5h2M7 11h2.5M12.5 11H17',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  alert: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17h.01',
  info: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 11v5M12 8h.01',
  down: 'M6 9.5l6 6 6-6',
  up: 'M6 14.5l6-6 6 6',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  trash: 'M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 12.5h9L17.5 7M10.3 10.5v5.5M13.7 10.5v5.5',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  share: 'M12 15V3.5M8 7.2l4-3.7 4 3.7M7 11H5v9.5h14V11h-2',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L12 6.300M14 10a4 4 0 0 0-5.7 0l-3.1 3.100a4 4 0 0 0 5.7 5.700L12 17.7',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.400L19.5 9M19.5 4v5h-5',
  search: 'M10.5 4.500a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 15l5 5',
  edit: 'M4.5 19.500l1-4.500L16 4.500l3.5 3.500L9 18.500zM13.5 7l3.5 3.5',
  clock: 'M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 7.500V12l3 2',
  spark: 'M12 3.500l1.9 5.600L19.5 11l-5.6 1.900L12 18.500l-1.9-5.600L4.5 11l5.6-1.900zM18.5 16.500v4M16.5 18.500h4',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  out: 'M14 4.500h5.500V10M19.5 4.5 11 13M17 13.500v6H4.500V7h6',
  exit: 'M14 4.500H5v15h9M10 12h10.500M17 8.300l3.5 3.7-3.5 3.7',
} as const
export type IconName = keyof typeof drawings
const filled: ReadonlySet<IconName> = new Set(['play'])

/** Never the only name of a control: give the control a text or an aria-label. `size` in pixels. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={drawings[name]}
        fill={filled.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width={name === 'more' ? 2.6 : 1.7}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
