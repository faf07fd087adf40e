// All videos of who is signed in: to find, to watch, to go on with.
import { LinkButton, Button } from '../components/button.tsx'
import { Empty, Problem } from '../components/empty.tsx'
import { SelectField, TextField } from '../components/field.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { Loading } from '../components/spinner.tsx'
import { focusOn } from '../focus.ts'
import { count } from '../format.ts'
import { href } from '../router.ts'
import { Card } from './library/card.tsx'
import { hasWish, noWish, useVideos, useWishInAddress, wish, type Videos } from './library/videos.ts'

export function LibraryPage() {
  useWishInAddress(statusIds, formatIds)
  const videos = useVideos()
  return (
    <div class="page library">
      <PageHeading
        title="Library"
        actions={
          <LinkButton kind="primary" icon="create" href={href('/')}>
            New video
          </LinkButton>
        }
      />
      <Finder />
      <p class="library__count" role="status">
        {videos.list &&
          videos.list.length > 0 &&
          `${count(videos.list.length, 'video')}${videos.hasMore ? ' so far' : ''}`}
      </p>
      <List videos={videos} />
    </div>
  )
}

const statuses = [
  { id: '', name: 'Any state' },
  { id: 'done', name: 'Ready' },
  { id: 'queued,running', name: 'In the making' },
  { id: 'failed', name: 'Failed' },
  { id: 'cancelled', name: 'Cancelled' },
]
const formats = [
  { id: '', name: 'Any format' },
  { id: '9:16', name: 'Portrait 9:16' },
  { id: '1:1', name: 'Square 1:1' },
  { id: '16:9', name: 'Landscape 16:9' },
]

const statusIds = statuses.map(({ id }) => id)
const formatIds = formats.map(({ id }) => id)

function Finder() {
  const { q, status, format } = wish.value
  const set = (change: Partial<typeof wish.value>) => {
    wish.value = { ...wish.value, ...change }
  }
  return (
    <search class="library__finder">
      <TextField
        label="Search titles"
        type="search"
        isLabelHidden
        placeholder="Search titles"
        value={q}
        maxLength={100}
        onInput={(typed) => set({ q: typed })}
      />
      <SelectField
        label="State"
        isLabelHidden
        options={statuses}
        value={status}
        onChange={(id) => set({ status: id })}
      />
      <SelectField
        label="Format"
        isLabelHidden
        options={formats}
        value={format}
        onChange={(id) => set({ format: id })}
      />
    </search>
  )
}

function List({ videos }: { videos: Videos }) {
  const { list, error, hasMore, isLoadingMore, more, reload, forget } = videos
  if (!list) return error ? <Problem error={error} onRetry={reload} /> : <Loading>Loading your videos…</Loading>
  if (list.length === 0 && !hasMore) return hasWish() ? <NoMatch /> : <NoVideo />
  return (
    <>
      <ul class="library__grid">
        {list.map((video) => (
          <Card key={video.id} video={video} onRemoved={() => forget(video.id)} />
        ))}
      </ul>
      {error && <Problem error={error} onRetry={reload} />}
      {hasMore && (
        <div class="library__more">
          <Button isBusy={isLoadingMore} onClick={() => void more()}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

function NoVideo() {
  return (
    <Empty
      icon="spark"
      title="Your videos will be here"
      action={
        <LinkButton kind="primary" href={href('/')}>
          Make the first one
        </LinkButton>
      }
    >
      Write a script, or only what it is to be about. Narration, pictures, captions and music are made for you.
    </Empty>
  )
}

function NoMatch() {
  return (
    <Empty
      icon="search"
      title="Nothing matches"
      action={
        <Button
          onClick={() => {
            wish.value = noWish
            focusOn()
          }}
        >
          Show all videos
        </Button>
      }
    >
      No video has this in its title, or is in this state and format.
    </Empty>
  )
}
