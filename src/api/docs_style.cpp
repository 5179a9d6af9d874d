#include "api/docs_page.hpp"

namespace mcp::api {

std::string_view docs_style_text() {
    return R"css(:root {
  color-scheme: light dark;
  --paper: #fcfbf8; --card: #ffffff; --ink: #1d2126; --soft: #5c6670; --line: #e2dfd8; --code: #f3f1ec;
  --link: #9a4d00; --get: #1f6f4a; --post: #9a4d00; --put: #355f9e; --delete: #a8332b; --good: #1f6f4a; --bad: #a8332b;
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --card: #1b1f25; --ink: #e6e4df; --soft: #9aa3ad; --line: #2d333b; --code: #11141a;
    --link: #f0a24a; --get: #63c795; --post: #f0a24a; --put: #7fb0f5; --delete: #f08a80; --good: #63c795; --bad: #f08a80;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, pre, .method, .path, .kind, dt { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
header, .columns { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; padding-bottom: 1.5rem; }
.bar { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .5rem 1.5rem; }
h1 { margin: 0; font-size: 1.9rem; letter-spacing: -.02em; }
h1 span { font-size: .95rem; font-weight: 500; color: var(--soft); letter-spacing: 0; }
.meta { display: flex; gap: 1.25rem; }
#about { max-width: 46rem; margin: .5rem 0 1.25rem; color: var(--soft); }
.token { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .75rem; font-weight: 600; }
.token input { flex: 1 1 16rem; max-width: 32rem; min-width: 0; padding: .5rem .7rem; font: inherit; font-weight: 400; color: inherit;
  background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.hint { margin: .4rem 0 0; font-size: .88rem; color: var(--soft); }
.columns { display: grid; grid-template-columns: 18rem minmax(0, 1fr); gap: 2.5rem; align-items: start; padding-bottom: 4rem; }
#contents { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; font-size: .92rem; }
#contents summary { font-weight: 600; cursor: pointer; }
#contents h2 { margin: 1rem 0 .25rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
#contents ul { list-style: none; margin: 0; padding: 0; }
#contents li a { display: flex; gap: .6rem; padding: .22rem 0; color: inherit; line-height: 1.35; }
#contents .method { flex: 0 0 3.4rem; font-size: .68rem; line-height: 1.8; }
main > h2 { margin: 2.2rem 0 .9rem; font-size: 1.25rem; letter-spacing: -.01em; }
main > h2:first-child { margin-top: 0; }
article { margin: 0 0 1.25rem; padding: 1.15rem 1.3rem 1.3rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; }
article:target { border-color: var(--link); }
h3 { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem .7rem; margin: 0; font-size: 1rem; }
h4 { margin: 1.1rem 0 .4rem; font-size: .8rem; font-weight: 600; color: var(--soft); }
article p { margin: .5rem 0 0; max-width: 46rem; }
.summary { font-weight: 600; }
.method { font-weight: 700; font-size: .82rem; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color: var(--delete); }
.path { color: inherit; font-weight: 600; overflow-wrap: anywhere; }
.access { margin-left: auto; padding: .05rem .6rem; font-size: .78rem; font-weight: 500; color: var(--soft); border: 1px solid var(--line); border-radius: 1rem; }
.code { position: relative; margin-top: .8rem; }
pre { margin: 0; padding: .8rem 5.2rem .8rem 1rem; overflow-x: auto; font-size: .84rem; line-height: 1.5; background: var(--code); border: 1px solid var(--line); border-radius: .5rem; }
section .code { margin-top: .3rem; }
.copy { position: absolute; top: .45rem; right: .45rem; padding: .2rem .6rem; font: inherit; font-size: .76rem; color: var(--soft);
  background: var(--card); border: 1px solid var(--line); border-radius: .4rem; cursor: pointer; }
.copy:hover { color: var(--ink); }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
td { padding: .4rem .9rem .4rem 0; vertical-align: top; border-top: 1px solid var(--line); }
tr:first-child td { border-top: 0; }
td code { white-space: nowrap; }
.kind { font-size: .82rem; color: var(--soft); }
.need { white-space: nowrap; font-size: .84rem; color: var(--soft); }
.fields summary { margin-top: .4rem; font-size: .9rem; cursor: pointer; color: var(--link); width: max-content; max-width: 100%; }
.answers { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .9rem; margin: 0; font-size: .9rem; }
.answers dd { margin: 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
.fault { padding: 1rem; border: 1px solid var(--bad); border-radius: .5rem; }
@media (max-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 1rem; }
  #contents { position: static; max-height: none; padding: .7rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .8rem; }
  header { padding-top: 1.25rem; }
  article { padding: 1rem; }
  .access { margin-left: 0; }
  pre { padding-right: 1rem; padding-top: 2.4rem; }
}
)css";
}

} // namespace mcp::api
