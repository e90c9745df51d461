import { ask } from './api.js';
import { field, h } from './dom.js';

/** Asks for a token and puts it into the cookie; the page then begins anew. */
export function askForToken() {
  if (document.querySelector('dialog.login')) {
    return;
  }
  const token = h('input', { type: 'password', required: true, autocomplete: 'current-password' });
  const fault = h('p', { class: 'fault', role: 'alert' });
  const dialog = h(
    'dialog',
    { class: 'login', 'aria-labelledby': 'login-title' },
    h('h2', { id: 'login-title' }, 'Who are you?'),
    h('p', {}, 'The service asks for a token.'),
    h('form', { submit: (event) => enter(event, token, fault) }, field('Token', token), fault, h('button', { class: 'primary' }, 'Log in')),
  );
  dialog.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
}

async function enter(event, token, fault) {
  event.preventDefault();
  try {
    await ask('login', { method: 'POST', body: { token: token.value } });
    location.reload();
  } catch (failure) {
    const when = failure.retryAfter ? ` Try again in ${failure.retryAfter} s.` : '';
    fault.replaceChildren(failure.message + when);
  }
}
