// The only file that knows the server's paths. Everything else calls these functions.

import { call, parsed, problemFrom, query, transfer } from './request.js';

export { pages } from './request.js';

// Who and where

export const instance = () => call('GET', '/api/instance', { stay: true });
export const me = () => call('GET', '/api/auth/me');
export const setUp = (account) => call('POST', '/api/auth/setup', { body: { ...account, cookie: true }, stay: true });
export const signIn = (credentials) => call('POST', '/api/auth/login', { body: { ...credentials, cookie: true }, stay: true });
export const secondStep = (answer) => call('POST', '/api/auth/login/second-factor', { body: { ...answer, cookie: true }, stay: true });
export const joinByCode = (code) => call('POST', '/api/auth/join-codes/exchange', { body: { code, cookie: true }, stay: true });
export const signOut = () => call('POST', '/api/auth/logout', { body: {} });

/** Who is signed in in this browser; null when nobody is. */
export async function whoIsHere() {
  const { signed_in: somebody } = await instance();
  return somebody ? (await call('GET', '/api/auth/me', { stay: true })).user : null;
}

// Passwords and addresses

export const changePassword = (passwords) => call('POST', '/api/auth/password/change', { body: passwords, stay: true });
export const checkPassword = (password, username) => call('POST', '/api/auth/password/check', { body: { password, username }, stay: true });
export const forgotPassword = (email) => call('POST', '/api/auth/password/forgot', { body: { email }, stay: true });
export const lookAtResetLink = (token) => call('POST', '/api/auth/password/verify-reset-token', { body: { token }, stay: true });
export const resetPassword = (reset) => call('POST', '/api/auth/password/reset', { body: reset, stay: true });
export const sendVerification = () => call('POST', '/api/auth/email/send-verification', { body: {} });
export const verifyEmail = (token) => call('POST', '/api/auth/email/verify', { body: { token }, stay: true });

// Devices that want to be let in

export const lookAtDevice = (code) => call('GET', `/api/auth/device/${encodeURIComponent(code)}`);
export const approveDevice = (code) => call('POST', '/api/auth/device/approve', { body: { user_code: code } });
export const denyDevice = (code) => call('POST', '/api/auth/device/deny', { body: { user_code: code } });

// One's own account

export const changeMe = (change) => call('PATCH', '/api/auth/me', { body: change });
export const verificationStatus = () => call('GET', '/api/auth/email/verification-status');
export const enrollSecondFactor = (current_password) => call('POST', '/api/auth/totp/enroll', { body: { current_password } });
export const confirmSecondFactor = (code) => call('POST', '/api/auth/totp/confirm', { body: { code } });
export const disableSecondFactor = (proof) => call('POST', '/api/auth/totp/disable', { body: proof });
export const newBackupCodes = (proof) => call('POST', '/api/auth/totp/backup-codes', { body: proof });
export const listSessions = (cursor) => call('GET', `/api/auth/sessions${query({ cursor })}`);
export const endSession = (id) => call('DELETE', `/api/auth/sessions/${id}`);
export const endOtherSessions = () => call('DELETE', '/api/auth/sessions');
export const listTokens = (cursor) => call('GET', `/api/auth/tokens${query({ cursor })}`);
export const makeToken = (token) => call('POST', '/api/auth/tokens', { body: token });
export const revokeToken = (id) => call('DELETE', `/api/auth/tokens/${id}`);

// The library

export const listMedia = (filters, signal) => call('GET', `/api/media${query(filters)}`, { signal });
export const timeline = (filters, signal) => call('GET', `/api/media/timeline${query(filters)}`, { signal });
export const listTags = (beginning, limit) => call('GET', `/api/tags${query({ q: beginning, limit })}`);
export const listUploaders = () => call('GET', '/api/uploaders');
export const getMedia = (id) => call('GET', `/api/media/${id}`);
export const changeMedia = (id, change) => call('PATCH', `/api/media/${id}`, { body: change });
export const requestDeletion = (id, reason) => call('POST', `/api/media/${id}/deletion-requests`, { body: { reason } });
export const trashMedia = (id) => call('DELETE', `/api/media/${id}`);
export const listTrash = (cursor) => call('GET', `/api/trash${query({ cursor })}`);
export const restoreMedia = (id) => call('POST', `/api/trash/${id}/restore`, { body: {} });
export const purgeMedia = (id) => call('DELETE', `/api/trash/${id}`);

/** Null while there is none. */
export const thumbnailUrl = (media, size) => media.thumbnail_url?.replace(/size=\d+/, `size=${size}`) ?? null;
export const contentUrl = (media) => media.content_url;
export const downloadUrl = (media) => `${media.content_url}?download=true`;

/** What a text file says; browsers know its alphabet from the header. */
export async function textOf(media) {
  const response = await fetch(contentUrl(media));
  if (!response.ok) throw problemFrom(response.status, await response.text(), null);
  const charset = /charset=([\w-]+)/.exec(response.headers.get('content-type'))?.[1] ?? 'utf-8';
  return new TextDecoder(charset).decode(await response.arrayBuffer());
}

/** Sends one file as the request body, and ends with `{status, media}`. */
export async function upload(file, progress) {
  const answer = await transfer('PUT', `/api/media/raw${query({ filename: file.name })}`, {}, file, progress);
  return parsed(answer.responseText);
}

// Uploads that go on after a break (tus 1.0.0)

const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text) => btoa(String.fromCodePoint(...new TextEncoder().encode(text)));

async function askTus(method, path, headers, signal) {
  const response = await fetch(path, { method, signal, headers: { ...tus, ...headers } });
  if (!response.ok) throw problemFrom(response.status, await response.text(), response.headers.get('retry-after'));
  return response.headers;
}

/** How far an upload is, and once it has ended well, which medium came of it and how (`stored`, …). */
const standing = (header) => ({
  offset: Number(header('upload-offset')),
  status: header('latchkey-upload-status'),
  mediaId: header('latchkey-media-id'),
});

/** Announces a file and ends with its upload's address. */
export async function beginUpload(file, signal) {
  const about = { 'upload-length': file.size, 'upload-metadata': `filename ${base64(file.name)}` };
  return (await askTus('POST', '/api/uploads', about, signal)).get('location');
}

export async function lookAtUpload(address, signal) {
  const headers = await askTus('HEAD', address, {}, signal);
  return standing((name) => headers.get(name));
}

/** Sends the bytes of `piece`, which come after the first `offset`. */
export async function sendPiece(address, offset, piece, progress) {
  const headers = { ...tus, 'upload-offset': offset, 'content-type': 'application/offset+octet-stream' };
  const answer = await transfer('PATCH', address, headers, piece, progress);
  return standing((name) => answer.getResponseHeader(name));
}

export const endUpload = (address) => askTus('DELETE', address, {});

// Joining

export const register = (account) => call('POST', '/api/auth/register', { body: { ...account, cookie: true }, stay: true });
export const requestToJoin = (request) => call('POST', '/api/auth/join-requests', { body: request, stay: true });
export const listJoinRequests = (filters) => call('GET', `/api/auth/join-requests${query(filters)}`);
export const approveJoinRequest = (id) => call('POST', `/api/auth/join-requests/${id}/approve`, { body: {} });
export const rejectJoinRequest = (id) => call('POST', `/api/auth/join-requests/${id}/reject`, { body: {} });
export const listInvites = (cursor) => call('GET', `/api/auth/invites${query({ cursor })}`);
export const makeInvite = (invite) => call('POST', '/api/auth/invites', { body: invite });
export const deleteInvite = (id) => call('DELETE', `/api/auth/invites/${id}`);
export const listJoinCodes = (cursor) => call('GET', `/api/auth/join-codes${query({ cursor })}`);
export const makeJoinCode = (code) => call('POST', '/api/auth/join-codes', { body: code });
export const revokeJoinCode = (id) => call('DELETE', `/api/auth/join-codes/${id}`);

// Looking after the library

export const listDeletionRequests = (filters) => call('GET', `/api/deletion-requests${query(filters)}`);
export const approveDeletion = (id) => call('POST', `/api/deletion-requests/${id}/approve`, { body: {} });
export const rejectDeletion = (id) => call('POST', `/api/deletion-requests/${id}/reject`, { body: {} });
export const listUsers = (filters) => call('GET', `/api/users${query(filters)}`);
export const makeUser = (user) => call('POST', '/api/users', { body: user });
export const getUser = (id) => call('GET', `/api/users/${id}`);
export const changeUser = (id, change) => call('PATCH', `/api/users/${id}`, { body: change });
export const deleteUser = (id) => call('DELETE', `/api/users/${id}`);
export const activateUser = (id) => call('POST', `/api/users/${id}/activate`, { body: {} });
export const deactivateUser = (id) => call('POST', `/api/users/${id}/deactivate`, { body: {} });
export const makeResetLink = (id) => call('POST', `/api/users/${id}/reset-password`, { body: {} });
export const setPasswordOf = (id, password) => call('POST', `/api/users/${id}/set-password`, { body: { password } });
export const resetSecondFactorOf = (id) => call('POST', `/api/users/${id}/reset-second-factor`, { body: {} });
export const endSessionsOf = (id) => call('POST', `/api/users/${id}/end-sessions`, { body: {} });
export const clearDelayOf = (id) => call('POST', `/api/users/${id}/clear-delay`, { body: {} });
export const listAllTokens = (cursor) => call('GET', `/api/auth/admin/tokens${query({ cursor })}`);
export const revokeAnyToken = (id) => call('DELETE', `/api/auth/admin/tokens/${id}`);
export const listMail = (filters) => call('GET', `/api/mail${query(filters)}`);
export const retryMail = (id) => call('POST', `/api/mail/${id}/retry`, { body: {} });
export const deleteMail = (id) => call('DELETE', `/api/mail/${id}`);
export const listAudit = (filters) => call('GET', `/api/audit${query(filters)}`);
export const systemFigures = () => call('GET', '/api/system');
