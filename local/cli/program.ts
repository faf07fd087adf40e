// The command line. Each command loads what it needs when it runs, so that --help is instant.
import { Command, Option } from 'commander'
import { captionLooks, formats, musicMoods, styles } from '../../core/catalog.ts'
import { exitWith, tellError } from './exit.ts'

const program = new Command('clipforge')
  .description('A script goes in; a narrated, illustrated, word-captioned short video comes out.')
  .version('0.1.0')
  .configureOutput({ outputError: tellMistake })
  // A wrong option is the user's mistake: exit code 2, like every other.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

const json = () => new Option('--json', 'print one JSON object a line: progress events, then the result')

program
  .command('make')
  .description('make a video from a script (.txt), a request (video.json) or standard input (-)')
  .argument('<script.txt | video.json | ->', 'what to make it from')
  .option('--out <folder>', 'where the finished video goes (default: out/ and the name of the file)')
  .option('--force', 'replace another video in that folder')
  .option('--format <format>', Object.keys(formats).join(', '))
  .option('--style <style>', `${Object.keys(styles).slice(0, 4).join(', ')} … (clipforge catalog lists all)`)
  .option('--voice <voice>', 'clara, miles, angus … (clipforge catalog lists all)')
  .option('--captions <look>', Object.keys(captionLooks).join(', '))
  .option('--music <mood>', Object.keys(musicMoods).join(', '))
  .option('--language <tag>', 'BCP 47, such as en or pt-BR (default: found from the script)')
  .option('--scenes <count>', 'how many scenes (default: as many as the script suggests)')
  .option('--seed <number>', 'the same request and seed make the same video')
  .option('--title <title>')
  .option('--watermark <text>', 'a short text in a corner of every frame')
  .addOption(json())
  .action(async (source: string, options) =>
    exitWith(options, async () => (await import('./make.ts')).make(source, options)),
  )

program
  .command('resume')
  .description('go on with a video that was stopped or failed; nothing that was finished is done again')
  .argument('<id>')
  .option('--out <folder>', 'where the finished video goes (default: where make was told to)')
  .option('--force', 'replace another video in that folder')
  .addOption(json())
  .action(async (id: string, options) => exitWith(options, async () => (await import('./make.ts')).resume(id, options)))

program
  .command('list')
  .description('the videos of this machine, newest first')
  .option('--limit <count>', 'how many', '20')
  .addOption(json())
  .action(async (options) => exitWith(options, async () => (await import('./show.ts')).list(options)))

program
  .command('show')
  .description('one video: status, scenes, bill and what was checked')
  .argument('<id>')
  .addOption(json())
  .action(async (id: string, options) => exitWith(options, async () => (await import('./show.ts')).show(id, options)))

program
  .command('doctor')
  .description('check this machine, and say how to mend what is wrong')
  .addOption(json())
  .action(async (options) => exitWith(options, async () => (await import('./doctor.ts')).doctor(options)))

program
  .command('catalog')
  .description('formats, styles, voices, caption looks and music')
  .addOption(json())
  .action(async (options) => exitWith(options, async () => (await import('./catalog.ts')).catalog(options)))

/** Runs the command that `argv` (as in process.argv) names, and ends the process. */
export async function runProgram(argv: string[]): Promise<void> {
  await program.parseAsync(argv)
}

/** commander's own 'error: unknown option …', in the form of all the others. */
function tellMistake(text: string): void {
  const message = text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\.?\n/g, ' ')
  tellError('InputError', `${message}; clipforge --help lists the commands, and with one its options`, {
    json: process.argv.includes('--json'),
  })
}
