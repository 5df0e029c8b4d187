// Text that was typed outlives a failing save: the page stays as it is and says why. Saving goes by
// fetch; without this file the form is sent as any other.
const d = document, PREFIX = 'qms-kept:';
const form = () => d.querySelector('form[data-keep]');
const key = f => `${PREFIX}${f.dataset.user}:${location.pathname}`;
const text = f => f.querySelector('[data-editor-source]');
let typed = false, sending = false;

const notice = (f, said, ...acts) => {
  d.querySelector('[data-kept-notice]')?.remove();
  const box = d.createElement('div'), words = d.createElement('p');
  box.className = 'notice notice--bad mt4';
  box.setAttribute('role', 'alert');
  box.dataset.keptNotice = '';
  words.textContent = said;
  const row = d.createElement('div');
  row.className = 'row';
  row.append(words, ...acts);
  box.append(row);
  f.querySelector('.writing__save').before(box);
  box.scrollIntoView({ block: 'nearest' });
};
const act = (label, does) => {
  const b = d.createElement('button');
  b.type = 'button'; b.className = 'btn btn--sm'; b.textContent = label;
  b.addEventListener('click', does);
  return b;
};
const keep = f => { try { sessionStorage.setItem(key(f), JSON.stringify({ number: f.elements.number.value, title: f.elements.title.value, html: text(f).value })); } catch { /* no room: the page still holds it */ } };
const forget = f => sessionStorage.removeItem(key(f));

const ended = f => {
  const link = d.createElement('a');
  link.className = 'btn btn--sm'; link.target = '_blank'; link.rel = 'opener';
  link.href = `${f.dataset.logInUrl}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = f.dataset.logIn;
  notice(f, f.dataset.ended, link);
};
const atDoor = (f, answer) => answer.redirected && new URL(answer.url).pathname === f.dataset.logInUrl;

// A section whose row was replaced meanwhile is saved at its new address.
const target = f => f.getAttribute('action') || location.href;
// After somebody logged in anew the page's token is an old one: fetch the new one.
const fresh = async f => {
  const answer = await fetch(target(f));
  if (atDoor(f, answer) || !answer.ok) return '';
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return page.querySelector('form[data-keep] [name=csrfmiddlewaretoken]')?.value || '';
};
const send = f => fetch(target(f), { method: 'POST', body: new FormData(f) });

const swap = html => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const main = page.querySelector('main');
  d.querySelector('main').replaceWith(main);
  d.dispatchEvent(new CustomEvent('htmx:after:swap'));
  d.dispatchEvent(new CustomEvent('qms:swapped'));
};

const save = async f => {
  if (sending) return;
  const button = f.querySelector('.writing__save [type=submit]');
  if (!button) return;
  sending = true;
  button.setAttribute('aria-busy', 'true');
  try {
    let answer = await send(f);
    if (answer.status === 403) {
      const token = await fresh(f);
      if (token && token !== f.elements.csrfmiddlewaretoken.value) {
        f.elements.csrfmiddlewaretoken.value = token;
        answer = await send(f);
      }
    }
    if (atDoor(f, answer)) { keep(f); ended(f); }
    else if (answer.redirected && answer.ok) { typed = false; forget(f); d.dispatchEvent(new CustomEvent('qms:saved')); location.assign(answer.url); return; }
    else if (answer.status === 409 || answer.status === 422) { swap(await answer.text()); }
    else { keep(f); notice(f, f.dataset.broken); }
  } catch {
    keep(f);
    notice(f, f.dataset.lost);
  }
  sending = false;
  button.removeAttribute('aria-busy');
};

d.addEventListener('submit', e => {
  if (!e.target.matches('form[data-keep]')) return;
  e.preventDefault();
  save(e.target);
}, true);
d.addEventListener('keydown', e => {
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 's' && form()) { e.preventDefault(); save(form()); }
});
d.addEventListener('input', e => { if (e.target.closest('form[data-keep]')) typed = true; });
addEventListener('pagehide', () => { const f = form(); if (f && typed) keep(f); });

// What an earlier visit of this tab could not save is offered, never put in by itself.
const offer = () => {
  const f = form(), kept = f && sessionStorage.getItem(key(f));
  if (!kept) return;
  const was = JSON.parse(kept);
  if (was.html === text(f).value && was.title === f.elements.title.value) { forget(f); return; }
  const gone = () => { forget(f); d.querySelector('[data-kept-notice]')?.remove(); };
  notice(f, f.dataset.found, act(f.dataset.restore, () => {
    f.elements.number.value = was.number; f.elements.title.value = was.title; text(f).value = was.html;
    text(f).dispatchEvent(new Event('qms:restored'));
    typed = true;
    gone();
  }), act(f.dataset.forget, gone));
  d.querySelector('[data-kept-notice]').classList.replace('notice--bad', 'notice--warn');
};
offer();
