import { ask } from './api.js';
import { field, h } from './dom.js';

/** Who is logged in, as far as the page knows: scripts cannot read the cookie. */
const CALLER = 'initlab.caller';

/** Asks for a token, puts it into the cookie, and reloads the page. */
export function askForToken() {
  if (document.querySelector('dialog.login')) {
    return;
  }
  const token = h('input', { type: 'password', required: true, autocomplete: 'current-password' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const dialog = h(
    'dialog',
    { class: 'login', 'aria-labelledby': 'login-title' },
    h('h2', { id: 'login-title' }, 'Log in'),
    h('p', {}, 'This service requires a token.'),
    h('form', { submit: (event) => enter(event, token, fault) }, field('Token', token), fault, h('button', { class: 'primary' }, 'Log in')),
  );
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
}

async function enter(event, token, fault) {
  event.preventDefault();
  try {
    const caller = await ask('login', { method: 'POST', body: { token: token.value } });
    localStorage.setItem(CALLER, caller.name);
    location.reload();
  } catch (failure) {
    const when = failure.retryAfter ? ` Try again in ${failure.retryAfter} s.` : '';
    fault.replaceChildren(failure.message + when);
  }
}

/** A button to log out, or null if nobody is logged in. */
export function logoutButton(fault) {
  const name = localStorage.getItem(CALLER);
  return name && h('button', { type: 'button', click: () => logOut().catch(fault) }, `Log out ${name}`);
}

async function logOut() {
  await ask('logout', { method: 'POST' });
  localStorage.removeItem(CALLER);
  location.reload();
}
