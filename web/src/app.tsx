// The frame around every page: who is signed in, which page the address names, where the focus goes.
import { useEffect, useRef } from 'preact/hooks'
import { Button, LinkButton } from './components/button.tsx'
import { ConnectionBanner } from './components/connection-banner.tsx'
import { Icon, type IconName } from './components/icon.tsx'
import { Empty } from './components/empty.tsx'
import { PageHeading } from './components/page-heading.tsx'
import { stopSamples } from './components/play-button.tsx'
import { Toasts } from './components/toast.tsx'
import { CreatePage } from './pages/create.tsx'
import { LibraryPage } from './pages/library.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { UsagePage } from './pages/usage.tsx'
import { VideoPage } from './pages/video.tsx'
import { WatchPage } from './pages/watch.tsx'
import { href, route, type PageName, type Route } from './router.ts'
import { signOut, token } from './session.ts'
import { theme, themes, type Theme } from './theme.ts'

export function App() {
  const { page, id } = route.value
  const isSignedIn = token.value !== undefined
  useFocusOnHeading(`${page}/${id ?? ''}/${isSignedIn}`)
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('content')?.focus()
        }}
      >
        Skip to the content
      </a>
      <TopBar current={page} isSignedIn={isSignedIn && page !== 'watch'} />
      <main id="content" tabIndex={-1}>
        <Page route={route.value} isSignedIn={isSignedIn} />
      </main>
      <Toasts />
    </>
  )
}

function Page({ route: { page, id, query }, isSignedIn }: { route: Route; isSignedIn: boolean }) {
  if (page === 'watch' && id !== undefined) return <WatchPage token={id} key={id} />
  if (page === 'sign-in' || !isSignedIn) return <SignInPage code={page === 'sign-in' ? id : undefined} />
  if (page === 'create') return <CreatePage from={query['from']} />
  if (page === 'library') return <LibraryPage />
  if (page === 'video' && id !== undefined) return <VideoPage id={id} key={id} />
  if (page === 'usage') return <UsagePage />
  return <MissingPage />
}

const places: { path: string; page: PageName; name: string; icon: IconName }[] = [
  { path: '/', page: 'create', name: 'Create', icon: 'create' },
  { path: '/videos', page: 'library', name: 'Library', icon: 'library' },
  { path: '/usage', page: 'usage', name: 'Usage', icon: 'usage' },
]

function TopBar({ current, isSignedIn }: { current: PageName; isSignedIn: boolean }) {
  const shown = current === 'video' ? 'library' : current
  return (
    <header class="top">
      <div class="top__line">
        <a class="wordmark" href={href('/')}>
          <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <rect class="wordmark__sign" width="32" height="32" rx="9" />
            <path d="M12.5 9v14l11-7zM8 9h2.2v14H8z" fill="var(--on-accent)" />
          </svg>
          ClipForge
        </a>
        {isSignedIn && (
          <nav class="nav" aria-label="Pages">
            {places.map(({ path, page, name, icon }) => (
              <a key={page} class="nav__link" href={href(path)} aria-current={page === shown ? 'page' : undefined}>
                <Icon name={icon} />
                {name}
              </a>
            ))}
          </nav>
        )}
        <ConnectionBanner />
        <div class="top__tools">
          <ThemeButton />
          {isSignedIn && <Button kind="quiet" icon="exit" label="Sign out" onClick={() => signOut()} />}
        </div>
      </div>
    </header>
  )
}

const themeLooks: Record<Theme, { icon: IconName; name: string }> = {
  auto: { icon: 'auto', name: 'as the device has it' },
  light: { icon: 'sun', name: 'light' },
  dark: { icon: 'moon', name: 'dark' },
}

function ThemeButton() {
  const { icon, name } = themeLooks[theme.value]
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length]!
  return (
    <Button
      kind="quiet"
      icon={icon}
      label={`Colours: ${name}. Change to ${themeLooks[next].name}`}
      onClick={() => (theme.value = next)}
    />
  )
}

function MissingPage() {
  return (
    <div class="page">
      <PageHeading title="There is no such page" />
      <Empty
        icon="search"
        title="Nothing is at this address"
        action={
          <LinkButton kind="primary" href={href('/')}>
            Make a video
          </LinkButton>
        }
      >
        The link may be old, or a letter is missing.
      </Empty>
    </div>
  )
}

/** So that who navigates by ear or keyboard is where the new page begins. Not at the first page: nobody went there. */
function useFocusOnHeading(place: string) {
  const before = useRef(place)
  useEffect(() => {
    if (before.current === place) return
    before.current = place
    stopSamples()
    scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [place])
}
