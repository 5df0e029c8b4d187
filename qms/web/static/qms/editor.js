// The editor of a section: ProseMirror (Tiptap) under the strict CSP, with a toolbar of our own.
// The textarea stays the form's field; what it holds is cleaned again by the server.
import * as P from '../vendor/prose-editor.js';
import { cleanWord } from './word-paste.js';

const ALIGNED = ['paragraph', 'heading', 'tableCell', 'tableHeader'];

// Alignment as an attribute: a style attribute would be refused by the page's own rules.
const Align = P.Extension.create({
  name: 'align',
  addGlobalAttributes() {
    return [{ types: ALIGNED, attributes: { align: {
      default: null,
      parseHTML: e => (/^(left|center|right|justify)$/.test(e.getAttribute('align') || '') ? e.getAttribute('align') : null),
      renderHTML: a => (a.align ? { align: a.align } : {}),
    } } }];
  },
});

// Links that are there stay; none are made here.
const Anchor = P.Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes() { return { href: { default: null } }; },
  parseHTML() { return [{ tag: 'a[href^="http"],a[href^="mailto:"]' }]; },
  renderHTML({ HTMLAttributes }) { return ['a', { href: HTMLAttributes.href, rel: 'noopener noreferrer' }, 0]; },
});

const Paste = P.Extension.create({
  name: 'wordPaste',
  addProseMirrorPlugins() { return [new P.Plugin({ props: { transformPastedHTML: cleanWord } })]; },
});

const EXTENSIONS = [
  P.Document, P.Text, P.Paragraph, P.HardBreak, P.History, P.Dropcursor.configure({ color: false, class: 'editor__drop' }), P.Gapcursor,
  P.Heading.configure({ levels: [3, 4] }), P.Bold, P.Italic, P.Underline, P.Strike, P.Subscript, P.Superscript,
  P.Blockquote, P.BulletList, P.OrderedList, P.ListItem,
  P.Table.configure({ resizable: false }), P.TableRow, P.TableHeader, P.TableCell,
  P.Image.configure({ inline: true }), Align, Anchor, Paste,
];

const cell = (c, name) => c[name]();
const DO = {
  h3: c => c.toggleHeading({ level: 3 }), h4: c => c.toggleHeading({ level: 4 }),
  bold: c => c.toggleBold(), italic: c => c.toggleItalic(), underline: c => c.toggleUnderline(),
  ul: c => c.toggleBulletList(), ol: c => c.toggleOrderedList(),
  table: c => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  undo: c => c.undo(), redo: c => c.redo(),
  rowAfter: c => cell(c, 'addRowAfter'), columnAfter: c => cell(c, 'addColumnAfter'),
  rowOut: c => cell(c, 'deleteRow'), columnOut: c => cell(c, 'deleteColumn'),
  merge: c => cell(c, 'mergeCells'), split: c => cell(c, 'splitCell'),
  headRow: c => cell(c, 'toggleHeaderRow'), tableOut: c => cell(c, 'deleteTable'),
};
const IS = {
  h3: e => e.isActive('heading', { level: 3 }), h4: e => e.isActive('heading', { level: 4 }),
  bold: e => e.isActive('bold'), italic: e => e.isActive('italic'), underline: e => e.isActive('underline'),
  ul: e => e.isActive('bulletList'), ol: e => e.isActive('orderedList'),
};
for (const side of ['left', 'center', 'right', 'justify']) {
  DO[side] = (c, e) => {
    const to = e.isActive({ align: side }) ? null : side;
    return c.updateAttributes(e.isActive('heading') ? 'heading' : 'paragraph', { align: to });
  };
  IS[side] = e => e.isActive({ align: side });
}

// A caption has no place in the editor's tables: it stands before the table as a paragraph.
const prepared = html => {
  const d = new DOMParser().parseFromString(html, 'text/html');
  d.body.querySelectorAll('caption').forEach(c => {
    const p = d.createElement('p'), table = c.closest('table');
    p.append(...c.childNodes);
    c.remove();
    if (table) table.before(p);
  });
  return d.body.innerHTML;
};

// One stop for Tab, arrows inside (WAI-ARIA toolbar).
const rove = bar => {
  const all = [...bar.querySelectorAll('button')];
  all.forEach((b, n) => { b.tabIndex = n ? -1 : 0; });
  bar.addEventListener('keydown', e => {
    const at = all.indexOf(document.activeElement), step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    const to = e.key === 'Home' ? 0 : e.key === 'End' ? all.length - 1 : step ? (at + step + all.length) % all.length : -1;
    if (to < 0) return;
    e.preventDefault();
    all.forEach(b => { b.tabIndex = -1; });
    all[to].tabIndex = 0;
    all[to].focus();
  });
};

function mount() {
  const box = document.querySelector('[data-editor]'), source = document.querySelector('[data-editor-source]');
  if (!box || !source || box.dataset.ready) return;
  box.dataset.ready = '1';
  const fallback = source.closest('[data-editor-fallback]'), place = box.querySelector('.editor__text');
  const said = box.querySelector('.editor__said'), inTable = box.querySelector('[data-in-table]');
  const say = text => { said.textContent = text; said.hidden = !text; };
  const editor = new P.Editor({
    element: place, injectCSS: false, extensions: EXTENSIONS, content: prepared(source.value),
    editorProps: { attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': box.dataset.label } },
    onUpdate: () => { source.value = editor.isEmpty ? '' : editor.getHTML(); },
    onTransaction: () => show(),
  });
  const show = () => {
    box.querySelectorAll('[aria-pressed]').forEach(b => b.setAttribute('aria-pressed', String(IS[b.dataset.do](editor))));
    inTable.hidden = !editor.isActive('table');
  };
  box.querySelectorAll('[role=toolbar]').forEach(rove);
  const file = box.querySelector('[data-picture]');
  box.addEventListener('click', e => {
    const b = e.target.closest('[data-do]');
    if (!b) return;
    if (b.dataset.do === 'picture') { file.click(); return; }
    DO[b.dataset.do](editor.chain().focus(), editor).run();
  });
  file.addEventListener('change', async () => {
    const data = new FormData();
    if (!file.files[0]) return;
    data.set('picture', file.files[0]);
    data.set('csrfmiddlewaretoken', document.querySelector('#section-form [name=csrfmiddlewaretoken]').value);
    file.value = '';
    say('');
    try {
      const answer = await fetch(box.dataset.pictureUrl, { method: 'POST', body: data });
      const told = await answer.json();
      if (answer.ok) editor.chain().focus().setImage({ src: told.src, alt: told.alt }).run();
      else say(told.refused);
    } catch { say(box.dataset.noPicture); }
  });
  place.addEventListener('keydown', e => {
    if (e.altKey && e.key === 'F10') { e.preventDefault(); box.querySelector('[role=toolbar] button[tabindex="0"]').focus(); }
  });
  box.addEventListener('keydown', e => { if (e.key === 'Escape' && e.target.closest('[role=toolbar]')) editor.commands.focus(); });
  source.addEventListener('qms:restored', () => editor.commands.setContent(prepared(source.value)));
  fallback.hidden = true;
  box.hidden = false;
  show();
}
mount();
document.addEventListener('qms:swapped', mount);
