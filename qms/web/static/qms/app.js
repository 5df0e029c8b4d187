// Progressive enhancement only: every page works without this file.
(() => {
  const d = document, root = d.documentElement, $ = (s, e = d) => e.querySelector(s);
  const live = t => { const l = $('#live'); if (l) { l.textContent = ''; setTimeout(() => { l.textContent = t; }, 50); } };
  const typing = e => /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.target.isContentEditable;

  // Focus goes to what the server marked (an error summary, a new heading), and is announced.
  const settle = () => {
    const f = $('[data-focus]');
    if (f) { f.removeAttribute('data-focus'); if (f.tabIndex < 0) f.setAttribute('tabindex', '-1'); f.focus(); }
    const m = $('[data-announce]');
    if (m) { live(m.dataset.announce); m.removeAttribute('data-announce'); }
  };
  settle();
  d.addEventListener('htmx:after:swap', settle);

  // Menus are <details>: closed by a click elsewhere and by Esc, which gives focus back.
  d.addEventListener('click', e => d.querySelectorAll('details.menu[open]').forEach(m => m.contains(e.target) || m.removeAttribute('open')));
  d.addEventListener('focusin', e => d.querySelectorAll('details.menu[open]').forEach(m => m.contains(e.target) || m.removeAttribute('open')));

  const step = by => {
    const rows = [...d.querySelectorAll('[data-rows] a[data-row], .task h3 a')].filter(r => r.offsetParent);
    if (!rows.length) return;
    const at = rows.indexOf(d.activeElement);
    rows[at < 0 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
  };
  d.addEventListener('keydown', e => {
    if (e.key === 'Escape') {
      const m = $('details.menu[open]');
      if (m) { m.removeAttribute('open'); $('summary', m).focus(); }
      return;
    }
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e) || root.dataset.keys === 'off') return;
    if (e.key === '/') { const s = $('[type=search]'); if (s) { e.preventDefault(); s.focus(); } }
    if (e.key === 'j') step(1);
    if (e.key === 'k') step(-1);
  });

  // The theme changes at once and is kept by the same form that works without scripts.
  d.addEventListener('submit', e => {
    const form = e.target.closest('[data-theme-form]'), button = e.submitter;
    if (!form || !button) return;
    e.preventDefault();
    const data = new FormData(form);
    data.set('theme', button.value);
    root.dataset.theme = button.value;
    fetch(form.action, { method: 'POST', body: data, redirect: 'manual' });
    const menu = form.closest('details'); if (menu) { menu.removeAttribute('open'); $('summary', menu).focus(); }
  });
  d.addEventListener('click', e => {
    if (e.target.closest('[data-print]')) print();
    const o = e.target.closest('[data-open]'); if (o) { const box = d.getElementById(o.dataset.open); if (box && box.showModal) { e.preventDefault(); box.showModal(); } }
    const c = e.target.closest('[data-close]'); if (c) { const box = c.closest('dialog'); if (box) { e.preventDefault(); box.close(); } }
  });

  // A wide table of a document scrolls inside itself, and the keyboard can reach it.
  d.querySelectorAll('.paper table').forEach((t, n) => {
    if (t.closest('.scroll')) return;
    const box = d.createElement('div');
    box.className = 'scroll'; box.tabIndex = 0; box.setAttribute('role', 'region');
    box.setAttribute('aria-label', `${root.lang === 'en' ? 'Table' : 'Bảng'} ${n + 1}`);
    t.replaceWith(box); box.append(t);
  });

  // Text that was typed and not sent is not lost by a stray click.
  let dirty = false;
  d.addEventListener('input', e => { if (e.target.closest('form[data-guard]')) dirty = true; });
  d.addEventListener('qms:saved', () => { dirty = false; });
  addEventListener('beforeunload', e => { if (dirty) e.preventDefault(); });

  // A button that was pressed says so, and does not send twice.
  d.addEventListener('submit', e => {
    if (e.defaultPrevented) return;
    dirty = false;
    if (e.target.method !== 'post' || !e.submitter) return;
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = '1';
    e.submitter.setAttribute('aria-busy', 'true');
  });
  addEventListener('pageshow', () => d.querySelectorAll('form[data-sent]').forEach(f => { delete f.dataset.sent; f.querySelectorAll('[aria-busy]').forEach(b => b.removeAttribute('aria-busy')); }));

  // The drop area names the files that were chosen.
  d.addEventListener('change', e => {
    const list = $('[data-drop-names]', e.target.closest('[data-drop]') || d.createElement('i'));
    if (!list || !e.target.files) return;
    list.replaceChildren(...[...e.target.files].map(f => { const li = d.createElement('li'); li.textContent = f.name; return li; }));
    list.hidden = !e.target.files.length;
  });
  for (const [type, on] of [['dragenter', true], ['dragleave', false], ['drop', false]]) {
    d.addEventListener(type, e => { const z = e.target.closest && e.target.closest('[data-drop]'); if (z) z.classList.toggle('is-over', on); });
  }
})();
