export const referenceCss = `
:root { --ink: #1c1b22; --soft: #55535f; --paper: #fdfcfa; --card: #ffffff; --line: #e2dfd8; --accent: #a33b12; --code: #f3f0ea; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0edf5; --soft: #b3aebf; --paper: #16151b; --card: #1f1e26; --line: #37353f; --accent: #ffab7d; --code: #2a2832; }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1.25rem; border-right: 1px solid var(--line); font-size: .9rem; }
nav ul { list-style: none; padding: 0; margin: 0; }
nav ul ul { padding-left: .75rem; margin: .15rem 0 .75rem; }
nav a { display: block; padding: .15rem 0; color: var(--ink); text-decoration: none; }
nav ul ul a { color: var(--soft); }
nav a:hover { color: var(--accent); text-decoration: underline; }
.brand { font-weight: 700; margin: 0 0 1rem; }
main { max-width: 56rem; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { margin: 3rem 0 1rem; font-size: 1.5rem; border-bottom: 1px solid var(--line); padding-bottom: .35rem; }
h3 { margin: 0 0 .5rem; font-size: 1.15rem; overflow-wrap: anywhere; }
h4 { margin: 1.25rem 0 .5rem; font-size: .8rem; color: var(--soft); text-transform: uppercase; letter-spacing: .06em; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem 1.5rem; margin: 0 0 1.25rem; }
p { margin: .5rem 0; }
a { color: var(--accent); }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, monospace; font-size: .875em; background: var(--code); border-radius: 4px; padding: .1em .3em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: .9rem 1rem; overflow-x: auto; margin: 0; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
.method { font-weight: 700; color: var(--accent); }
.open { font-size: .85rem; color: var(--soft); margin-left: .5rem; }
.type { color: var(--soft); font-size: .9rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .35rem 1rem; margin: 0; }
dt, dd { margin: 0; min-width: 0; }
dd .type { display: inline-block; max-width: 100%; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav ul ul { display: none; }
  article { padding: 1rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  dd { margin-bottom: .6rem; }
}
`
