// Runs a WASI command-line program in memory: its arguments in, what it printed and the one file it wrote out.
// Not node:wasi, which crashed the process with this program (a segmentation fault on the second call, Node 20).
// No clock and no random source, so that the same arguments give the same bytes.

/** Only what such a program may write to: standard output, standard error, and the one file it opens. */
type Sink = { bytes: Uint8Array; length: number; position: number }
export type ProgramRun = { exitCode: number; stdout: string; stderr: string; file: Uint8Array }

// https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md
const success = 0
const badDescriptor = 8
const notSupported = 58
const stdoutFd = 1
const stderrFd = 2
const folderFd = 3
const fileFd = 4
const characterDevice = 2
const directory = 3
const regularFile = 4
const allRights = 0xffff_ffffn

class Exit extends Error {
  override name = 'Exit'
  readonly code: number
  constructor(code: number) {
    super(`exit ${code}`)
    this.code = code
  }
}

/** Runs the module's `_start` once, in an instance of its own. Throws what the program's WebAssembly throws (a trap). */
export async function runProgram(program: WebAssembly.Module, args: string[]): Promise<ProgramRun> {
  const sinks = new Map<number, Sink>([stdoutFd, stderrFd, fileFd].map((fd) => [fd, emptySink()]))
  const memory: { current: WebAssembly.Memory | undefined } = { current: undefined }
  const imports = systemCalls(args, sinks, () => memory.current!)
  const instance = await WebAssembly.instantiate(program, { wasi_snapshot_preview1: imports })
  const { memory: exported, _start } = instance.exports as { memory: WebAssembly.Memory; _start: () => void }
  memory.current = exported
  const exitCode = exitCodeOf(_start)
  const text = (fd: number) => new TextDecoder().decode(written(sinks.get(fd)!))
  return { exitCode, stdout: text(stdoutFd), stderr: text(stderrFd), file: written(sinks.get(fileFd)!).slice() }
}

function exitCodeOf(start: () => void): number {
  try {
    start()
    return 0
  } catch (thrown) {
    if (thrown instanceof Exit) return thrown.code
    throw thrown
  }
}

function systemCalls(args: string[], sinks: Map<number, Sink>, memory: () => WebAssembly.Memory) {
  const view = () => new DataView(memory().buffer)
  const bytes = () => new Uint8Array(memory().buffer)
  const encoded = args.map((arg) => new TextEncoder().encode(`${arg}\0`))
  const pieces = (list: number, count: number) =>
    Array.from({ length: count }, (_, i) => {
      const at = view().getUint32(list + i * 8, true)
      return bytes().subarray(at, at + view().getUint32(list + i * 8 + 4, true))
    })
  return {
    args_sizes_get(count: number, size: number) {
      view().setUint32(count, encoded.length, true)
      view().setUint32(
        size,
        encoded.reduce((sum, arg) => sum + arg.length, 0),
        true,
      )
      return success
    },
    args_get(pointers: number, buffer: number) {
      encoded.forEach((arg, i) => {
        view().setUint32(pointers + i * 4, buffer, true)
        bytes().set(arg, buffer)
        buffer += arg.length
      })
      return success
    },
    clock_time_get(_clock: number, _precision: bigint, result: number) {
      view().setBigUint64(result, 0n, true)
      return success
    },
    fd_prestat_get(fd: number, result: number) {
      if (fd !== folderFd) return badDescriptor
      view().setUint32(result, 0, true)
      view().setUint32(result + 4, 1, true)
      return success
    },
    fd_prestat_dir_name(_fd: number, path: number) {
      bytes()[path] = '.'.charCodeAt(0)
      return success
    },
    fd_fdstat_get(fd: number, result: number) {
      if (fd > fileFd) return badDescriptor
      bytes().fill(0, result, result + 24)
      view().setUint8(result, fd === folderFd ? directory : fd === fileFd ? regularFile : characterDevice)
      view().setBigUint64(result + 8, allRights, true)
      view().setBigUint64(result + 16, allRights, true)
      return success
    },
    fd_fdstat_set_flags: () => success,
    path_open(...call: unknown[]) {
      view().setUint32(call.at(-1) as number, fileFd, true)
      return success
    },
    fd_seek(fd: number, offset: bigint, whence: number, result: number) {
      const sink = sinks.get(fd)
      if (!sink || fd !== fileFd) return notSupported
      sink.position = [0, sink.position, sink.length][whence]! + Number(offset)
      view().setBigUint64(result, BigInt(sink.position), true)
      return success
    },
    fd_write(fd: number, list: number, count: number, result: number) {
      const sink = sinks.get(fd)
      if (!sink) return badDescriptor
      const parts = pieces(list, count)
      for (const part of parts) write(sink, part)
      view().setUint32(
        result,
        parts.reduce((sum, part) => sum + part.length, 0),
        true,
      )
      return success
    },
    fd_read(_fd: number, _list: number, _count: number, result: number) {
      view().setUint32(result, 0, true)
      return success
    },
    fd_close: () => success,
    proc_exit(code: number) {
      throw new Exit(code)
    },
  }
}

const emptySink = (): Sink => ({ bytes: new Uint8Array(65_536), length: 0, position: 0 })
const written = (sink: Sink) => sink.bytes.subarray(0, sink.length)

function write(sink: Sink, part: Uint8Array): void {
  const end = sink.position + part.length
  if (end > sink.bytes.length) {
    const grown = new Uint8Array(Math.max(end, sink.bytes.length * 2))
    grown.set(written(sink))
    sink.bytes = grown
  }
  sink.bytes.set(part, sink.position)
  sink.position = end
  sink.length = Math.max(sink.length, end)
}
