/** The session's cookie is not for scripts to see; this only says whether asking for it makes sense. */
const key = 'jingwei.signed-in';

export const mayBeSignedIn = () => localStorage.getItem(key) === 'yes';
export const markSignedIn = () => { localStorage.setItem(key, 'yes'); };
export const markSignedOut = () => { localStorage.removeItem(key); };
