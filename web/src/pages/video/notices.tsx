import { Icon } from '../../components/icon.tsx'

/** What was done differently from what was asked, and why. */
export function Notices({ notices }: { notices: string[] }) {
  if (notices.length === 0) return null
  return (
    <section class="notices" aria-labelledby="notices">
      <Icon name="info" />
      <div>
        <h2 id="notices">What was done differently</h2>
        <ul>
          {notices.map((notice) => (
            <li key={notice} dir="auto">
              {notice}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}
