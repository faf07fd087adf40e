import { isLost } from '../connection.ts'
import { Spinner } from './spinner.tsx'

/** Goes away by itself. The region is always there, so that what comes into it is read out. */
export function ConnectionBanner() {
  return (
    <div class="connection" role="status">
      {isLost.value && (
        <p class="connection__words">
          <Spinner size={16} />
          <span>Connection lost, trying again…</span>
        </p>
      )}
    </div>
  )
}
