// Word's clipboard → plain HTML, before the editor parses it. Works on text first, so that no style
// attribute ever reaches the page (CSP stays silent). The server cleans again.
const BULLET = /^[\u2022\u00b7\u25aa\u25cf\u25cb\uf0b7\uf0a7\uf0d8\uf0fco§\-–+*]/;
const HEADING = { H1: 'h3', H2: 'h3', H3: 'h4', H4: 'h4', H5: 'h4', H6: 'h4' };

const styled = (_, quoted) => {
  const list = /mso-list:\s*l(\d+)\s+level(\d+)/i.exec(quoted);
  if (list) return ` data-level="${list[2]}"`;
  if (/mso-list:\s*Ignore/i.test(quoted)) return ' data-mark';
  const align = /text-align:\s*(center|right|justify)/i.exec(quoted);
  return align ? ` align="${align[1].toLowerCase()}"` : '';
};

const renamed = (d, from, tag) => {
  const to = d.createElement(tag);
  if (from.getAttribute('align')) to.setAttribute('align', from.getAttribute('align'));
  to.append(...from.childNodes);
  from.replaceWith(to);
};

// What the marker of an ordered list counts with: "a." → a, "IV." → I, "3." → nothing.
const counts = mark => /^[ivx]+[.)]/.test(mark) && !/^[v][.)]/.test(mark) ? 'i'
  : /^[IVX]+[.)]/.test(mark) && !/^[V][.)]/.test(mark) ? 'I'
  : /^[a-z][.)]/.test(mark) ? 'a' : /^[A-Z][.)]/.test(mark) ? 'A' : '';

const blank = p => !p.textContent.replace(/\u00a0/g, ' ').trim() && !p.querySelector('img');

const asLists = d => {
  let open = [];
  for (const p of [...d.body.querySelectorAll('p')]) {
    if (!p.dataset.level) {
      open = [];
      if (blank(p) && !p.closest('td,th')) p.remove();
      continue;
    }
    if (open[0] && open[0].list.nextElementSibling !== p) open = [];
    const level = Number(p.dataset.level), marker = p.querySelector('[data-mark]');
    const mark = marker ? marker.textContent.replace(/\u00a0/g, ' ').trim() : '';
    if (marker) marker.remove();
    while (open.length && open[open.length - 1].level > level) open.pop();
    if (!open.length || open[open.length - 1].level < level) {
      const list = d.createElement(BULLET.test(mark) ? 'ul' : 'ol');
      if (list.tagName === 'OL') {
        const kind = counts(mark), first = parseInt(mark, 10);
        if (kind) list.setAttribute('type', kind);
        if (first > 1) list.setAttribute('start', first);
      }
      const host = open.length ? open[open.length - 1].list.lastElementChild : null;
      if (host) host.append(list); else p.before(list);
      open.push({ level, list });
    }
    const item = d.createElement('li'), words = d.createElement('p');
    words.append(...p.childNodes);
    item.append(words);
    open[open.length - 1].list.append(item);
    p.remove();
  }
};

export function cleanWord(html) {
  const text = html
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->|<!--[\s\S]*?-->|<\?xml[\s\S]*?\/?>|<(style|script)[\s\S]*?<\/\1>|<!\[(?:if|endif)[^\]]*\]>|<\/?(?:o|w|v|m|st1):[^>]*>/gi, '')
    .replace(/\sstyle\s*=\s*('[^']*'|"[^"]*")/gi, styled)
    .replace(/\sstyle\s*=\s*[^\s>]+/gi, '');
  const d = new DOMParser().parseFromString(text, 'text/html');
  d.body.querySelectorAll('h1,h2,h3,h4,h5,h6').forEach(h => (blank(h) ? h.remove() : renamed(d, h, HEADING[h.tagName])));
  asLists(d);
  d.body.querySelectorAll('img').forEach(i => { if (!/\/pictures\/[0-9a-f]{64}\/$/.test(i.getAttribute('src') || '')) i.remove(); });
  d.body.querySelectorAll('span,font,a[name]:not([href])').forEach(e => e.replaceWith(...e.childNodes));
  const keep = new Set(['align', 'colspan', 'rowspan', 'type', 'start', 'href', 'src', 'alt']);
  d.body.querySelectorAll('*').forEach(e => [...e.attributes].forEach(a => keep.has(a.name) || e.removeAttribute(a.name)));
  return d.body.innerHTML;
}
