// Something of the API that a page shows: loading, there, or not to be had.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiError, get } from './api.ts'
import { useOnReturn } from './connection.ts'

export type Resource<T> = {
  data: T | undefined
  error: ApiError | undefined
  isLoading: boolean
  /** Asks again; what is there stays shown meanwhile. */
  reload: () => void
  /** What is known better than the API's last answer. */
  set: (data: T) => void
}

/** `path` undefined: nothing is asked for. Another path's answer never shows under this one. */
export function useResource<T>(path: string | undefined): Resource<T> {
  const [state, setState] = useState<{ path?: string; data?: T; error?: ApiError; isLoading: boolean }>({
    isLoading: true,
  })
  const [turn, setTurn] = useState(0)
  const asked = useRef(0)
  useEffect(() => {
    if (path === undefined) return undefined
    const number = ++asked.current
    const ended = new AbortController()
    const settle = (result: { data?: T; error?: ApiError }) => {
      if (ended.signal.aborted || number !== asked.current) return
      setState((before) => ({
        path,
        data: before.path === path ? before.data : undefined,
        ...result,
        isLoading: false,
      }))
    }
    setState((before) => (before.path === path ? { ...before, isLoading: true } : { path, isLoading: true }))
    get<T>(path, ended.signal).then(
      (data) => settle({ data, error: undefined }),
      (error: unknown) => {
        if (error instanceof ApiError) settle({ error })
        else if (!ended.signal.aborted) throw error
      },
    )
    return () => ended.abort()
  }, [path, turn])
  const reload = useCallback(() => setTurn((before) => before + 1), [])
  useOnReturn(() => {
    // What could not be asked for while nothing answered.
    if (state.error && state.error.problem.status === 0) reload()
  })
  const set = useCallback(
    (data: T) => {
      asked.current++
      setState({ path, data, isLoading: false })
    },
    [path],
  )
  const isCurrent = state.path === path
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    isLoading: path !== undefined && (!isCurrent || state.isLoading),
    reload,
    set,
  }
}
