// One's own account: puts its parts together.

import { byId } from './dom.js';
import { comeIn } from './inside.js';
import { showDetails } from './profile-details.js';
import { showPassword } from './profile-password.js';
import { showSecondFactor } from './profile-second-factor.js';
import { showSessions } from './profile-sessions.js';
import { showThisBrowser } from './profile-this-browser.js';
import { showTokens } from './profile-tokens.js';

function begin(id, show, visitor) {
  const place = byId(id);
  place.hidden = false;
  return show(place, visitor);
}

await comeIn('profile', 'Your account', (visitor) =>
  Promise.all([
    begin('details', showDetails, visitor),
    begin('password', showPassword, visitor),
    begin('second-factor', showSecondFactor, visitor),
    begin('sessions', showSessions, visitor),
    visitor.adds ? begin('tokens', showTokens, visitor) : null,
    begin('this-browser', showThisBrowser, visitor),
  ]),
);
