// The command line. Each command loads what it needs when it runs, so that --help is instant.
import { Command, Option } from 'commander'
import {
  captionFonts,
  captionLooks,
  captionPositions,
  captionSizes,
  defaultCaptionLook,
  defaultMusic,
  defaultStyle,
  formats,
  musicMoods,
  styles,
} from '../../core/catalog.ts'
import { defaultPreset, presets, roles } from '../../core/models.ts'
import { motionWishes, transitionWishes } from '../../core/editing.ts'
import {
  codecs,
  defaultCodec,
  defaultFrameRate,
  defaultQuality,
  defaultResolution,
  frameRates,
  qualities,
  resolutions,
} from '../../core/output.ts'
import { defaultVoice } from '../../core/voices.ts'
import product from '../../package.json' with { type: 'json' }
import { exitWith, tellError } from './exit.ts'
import { mcpHelp } from './mcp-help.ts'

const program = new Command('clipforge')
  .description('A script goes in; a narrated, illustrated, word-captioned short video comes out.')
  .version(product.version)
  .configureOutput({ outputError: tellMistake })
  // A wrong option is the user's mistake: exit code 2, like every other.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))

const list = (catalogue: object) => Object.keys(catalogue).join(', ')
const json = () => new Option('--json', 'print one JSON object a line: progress events, then the result')

/** What `make` and `quote` have in common: all that a request can say in options. */
function makeOptions(command: Command): Command {
  return command
    .option('--format <format>', `${list(formats)} (default: 9:16)`)
    .option('--style <style>', `${Object.keys(styles).slice(0, 4).join(', ')} … (default: ${defaultStyle})`)
    .option('--voice <voice>', `clara, miles, angus … (default: ${defaultVoice}; clipforge catalog lists all)`)
    .option('--captions <look>', `${list(captionLooks)} (default: ${defaultCaptionLook})`)
    .option('--music <mood>', `${list(musicMoods)} (default: ${defaultMusic})`)
    .option('--language <tag>', 'BCP 47, such as en or pt-BR (default: found from the script)')
    .option('--scenes <count>', 'how many scenes (default: as many as the script suggests)')
    .option('--seed <number>', 'the same request and seed make the same video')
    .option('--title <title>', 'what it is called (default: how the script begins)')
    .addOption(json())
    .optionsGroup('Output:')
    .option('--resolution <name>', `${list(resolutions)} (default: ${defaultResolution})`)
    .option('--fps <rate>', `${frameRates.join(', ')} (default: ${defaultFrameRate})`)
    .option('--quality <quality>', `${list(qualities)} (default: ${defaultQuality})`)
    .option('--codec <codec>', `${list(codecs)} (default: ${defaultCodec})`)
    .option('--hls', 'also as HLS, in several sizes')
    .optionsGroup('Captions:')
    .option('--caption-position <place>', list(captionPositions))
    .option('--caption-size <size>', list(captionSizes))
    .option('--caption-font <font>', list(captionFonts))
    .option('--caption-colour <rrggbb>', 'of the letters, such as ffd23f')
    .option('--caption-accent <rrggbb>', 'of the word being said')
    .option('--caption-outline <rrggbb>', 'around the letters')
    .option('--upper-case', 'all captions in capitals')
    .optionsGroup('Editing:')
    .option('--transition <kind>', `${list(transitionWishes)} (default: auto, as the style has it)`)
    .option('--motion <kind>', `${list(motionWishes)}: whether pictures move (default: auto)`)
    .option('--title-card', 'open with a card that shows the title')
    .option('--end-card <text>', 'end with a card that shows this text')
    .option('--intro <clip>', 'a clip before everything else, with its sound')
    .option('--outro <clip>', 'a clip after everything else, with its sound')
    .option('--music-file <file>', 'your own music instead of a mood')
    .option('--sound-effects', 'a short sound where one scene follows another')
    .option('--watermark <text>', 'a short text in a corner of every frame')
    .option('--logo <picture>', 'a picture in the other corner')
    .option('--progress-bar', 'along the edge, how far the video is')
    .optionsGroup('Services (with their keys in the environment):')
    .option('--preset <name>', `${list(presets)} (default: ${defaultPreset})`)
    .option(
      '--model <role=model>',
      `who does what, may be repeated: ${list(roles)} by auto, embedded, a service or a model`,
      (wish: string, before: string[] | undefined) => [...(before ?? []), wish],
    )
    .option('--picture-quality <quality>', 'low, medium, high (default: as the preset has it)')
    .option('--max-cost <usd>', 'stop before a call that could make the video dearer')
}

makeOptions(
  program
    .command('make')
    .description('make a video from a script (.txt), a request (video.json) or standard input (-)')
    .argument('<script.txt | video.json | ->', 'what to make it from')
    .option('--out <folder>', 'where the finished video goes (default: out/ and the name of the file)')
    .option('--force', 'replace another video in that folder')
    .option('--again', 'make it anew although it was made before: what a service could not do then is asked once more'),
).action(async (source: string, options) =>
  exitWith(options, async () => {
    await startEarly()
    await (await import('./make.ts')).make(source, options)
  }),
)

makeOptions(
  program
    .command('quote')
    .description('what making a video would cost, before it is made: takes what make takes')
    .argument('<script.txt | video.json | ->', 'what to make it from'),
).action(async (source: string, options) =>
  exitWith(options, async () => (await import('./quote.ts')).quote(source, options)),
)

program
  .command('resume')
  .description('go on with a video that was stopped or failed; nothing that was finished is done again')
  .argument('<id>')
  .option('--out <folder>', 'where the finished video goes (default: where make was told to)')
  .option('--force', 'replace another video in that folder')
  .addOption(json())
  .action(async (id: string, options) =>
    exitWith(options, async () => {
      await startEarly()
      await (await import('./make.ts')).resume(id, options)
    }),
  )

program
  .command('serve')
  .description('the page and the API on this machine: what is accepted is made, a few videos at once, oldest first')
  .option('--port <number>', 'where it listens', '8000')
  .option('--host <address>', 'who reaches it: 127.0.0.1 this machine alone, 0.0.0.0 its network too', '127.0.0.1')
  .option('--jobs <count>', 'how many videos at once (default: one a core, at least 2)')
  .option('--max-queued <count>', 'how many videos of one owner may wait; more are told when to come again', '1000')
  .option('--inbox <folder>', 'make videos of the .txt, .json, .jsonl and .csv files that are dropped there')
  .option('--cors <origin...>', 'pages from elsewhere that may call the API, such as https://example.com')
  .option('--url <address>', 'what it is called from outside, behind a proxy that speaks https for it')
  .option('--allow-private <host...>', 'hosts that webhooks may call although they are not on the internet')
  .option('--json', 'print one JSON object a line')
  .addHelpText(
    'after',
    `
The first start prints a key for programs; every start prints a link that opens the page, good for 12 hours.
Videos, keys and what waits are kept in CLIPFORGE_HOME (.clipforge in the project): nothing is lost by a stop.

Examples:
  clipforge serve
  clipforge serve --port 8080 --inbox ~/scripts
  clipforge serve --host 0.0.0.0 --jobs 4`,
  )
  .action(async (options) => exitWith(options, async () => (await import('./serve.ts')).serve(options)))

program
  .command('mcp')
  .description('tools for AI assistants (Model Context Protocol on standard input and output), of a server that runs')
  .addHelpText('after', mcpHelp)
  .action(async () => exitWith({}, async () => (await import('./mcp.ts')).mcp()))

const keys = program.command('keys').description('keys for programs that use the API of this machine')
keys
  .command('create')
  .description('make a key; it is shown once')
  .argument('[name]', 'what it is for', 'key')
  .addOption(json())
  .action(async (name: string, options) =>
    exitWith(options, async () => (await import('./keys.ts')).create(name, options)),
  )
keys
  .command('list')
  .description('the keys there are, and when they were last used')
  .addOption(json())
  .action(async (options) => exitWith(options, async () => (await import('./keys.ts')).list(options)))
keys
  .command('revoke')
  .description('let nobody in by that key any more')
  .argument('<id>', 'or how it begins')
  .addOption(json())
  .action(async (id: string, options) => exitWith(options, async () => (await import('./keys.ts')).revoke(id, options)))

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
  .description('all there is to choose from: formats, styles, voices, caption looks, music, transitions …')
  .addOption(json())
  .action(async (options) => exitWith(options, async () => (await import('./catalog.ts')).catalog(options)))

program
  .command('plan')
  .description('what an installation on AWS would cost in a month, and how long people would wait in its busiest hour')
  .requiredOption('--videos-per-month <count>', 'how many videos are made')
  .option('--peak-per-hour <count>', 'how many in the busiest hour (default: derived from the month)')
  .option('--size <name>', 'small, medium, enterprise (default: the smallest meant for the peak)')
  .option('--preset <name>', `${list(presets)} (default: ${defaultPreset})`)
  .option('--seconds <count>', 'how long a video is', '45')
  .option('--pictures <count>', 'how many pictures it has', '7')
  .option('--views <count>', 'how often it is watched', '20')
  .option('--region <name>', 'prices are known for us-east-1', 'us-east-1')
  .option('--seed <number>', 'other chances in the busiest hour', '1')
  .option('--json', 'print one JSON object with every line, price and source')
  .addHelpText(
    'after',
    `
Examples:
  clipforge plan --videos-per-month 10000
  clipforge plan --videos-per-month 10000 --peak-per-hour 200 --preset thrifty
  clipforge plan --videos-per-month 1000 --size medium --json`,
  )
  .action(async (options) => exitWith(options, async () => (await import('./plan.ts')).plan(options)))

/** What takes longest to get ready, before the rest of the command is loaded. */
async function startEarly(): Promise<void> {
  const [{ homeDir }, early] = await Promise.all([import('./home-dir.ts'), import('../early-worker.ts')])
  early.startEarly(homeDir())
}

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
