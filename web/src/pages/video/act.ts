// A request that a button makes: busy while it is on its way, and told when it does not work.
import { useState } from 'preact/hooks'
import { ApiError } from '../../api.ts'
import { tell } from '../../components/toast.tsx'

/** `act` ends with whether it worked; what went wrong is shown at the edge of the page. */
export function useAct(): { isBusy: boolean; act: (work: () => Promise<void>) => Promise<boolean> } {
  const [isBusy, setBusy] = useState(false)
  const act = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
      return true
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      tell(error.problem.detail, { kind: 'error' })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, act }
}
