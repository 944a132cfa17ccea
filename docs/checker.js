#!/usr/bin/env node
// Second checker of Diwan's proof and consistency files, independent of Diwan's own code.
// Needs Node 20 or newer and nothing else: no network, no database, no packages.
//
//   node checker.js [options] FILE...        one line a file: "accepted FILE …" or "refused FILE: why"
//   --key BASE64       a log key you trust (may be repeated); without one, compare the fingerprints shown
//   --witness VKEY     a witness you trust, NAME+HASH+BASE64 (may be repeated)
//   --quorum N         so many of those witnesses must have cosigned
//   --list             file names come on standard input, one a line
//
// Exit status: 0 all accepted, 1 at least one refused, 2 wrong usage. The formats are in docs/proof.md.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');

const lanes = { main: 1n, telemetry: 2n, access: 3n };
const maxInt64 = 2n ** 63n - 1n;
const name = /^[A-Za-z0-9._/-]+$/;
const plain = /^(?:[^\x00-\x1f\x7f\\]|\\x(?:[01][0-9a-f]|7f|5c))*$/u;

class Refused extends Error {}
const refuse = (why) => { throw new Refused(why); };
const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), crypto.createHash('sha256')).digest();
const node = (left, right) => sha256(Buffer.from([1]), left, right);
const leafHash = (record) => sha256(Buffer.from([0]), record);
const uint64 = (n) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt.asUintN(64, n)); return b; };
const bytes = (b) => Buffer.concat([uint64(BigInt(b.length)), b]);

function base64(s, length) {
  const b = Buffer.from(s, 'base64');
  if (b.toString('base64') !== s) refuse(`${s.slice(0, 20)} is not base64 in its one form`);
  if (length !== undefined && b.length !== length) refuse(`expected ${length} bytes, found ${b.length}`);
  return b;
}

function number(s, most = maxInt64) {
  if (!/^(0|[1-9][0-9]{0,18})$/.test(s) || BigInt(s) > most) refuse(`${s.slice(0, 30)} is not a whole number`);
  return BigInt(s);
}

// Lines reads "name: value" lines in order.
class Lines {
  constructor(text) { this.lines = text.split('\n'); }
  next() { return this.lines.length ? this.lines.shift() : refuse('the file is cut short'); }
  raw(field) {
    const line = this.next();
    if (!line.startsWith(field + ': ')) refuse(`the line "${field}" is missing`);
    return line.slice(field.length + 2);
  }
  text(field) { // as bytes
    const value = this.raw(field);
    if (!plain.test(value)) refuse(`${field} is not written in its one form`);
    return Buffer.from(value.replace(/\\x(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'utf8');
  }
  number(field, most) { return number(this.raw(field), most); }
  hex(field, length) {
    const value = this.raw(field);
    if (!/^[0-9a-f]*$/.test(value) || value.length !== 2 * length) refuse(`${field} is not ${length} bytes in hex`);
    return Buffer.from(value, 'hex');
  }
  uuid(field) {
    const value = this.raw(field);
    if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value)) refuse(`${field} is not a UUID`);
    return Buffer.from(value.replaceAll('-', ''), 'hex');
  }
  hashes(field) {
    return Array.from({ length: Number(this.number(field, 64n)) }, () => base64(this.next(), 32));
  }
  keys() {
    const found = { logs: [], witnesses: [] };
    for (let n = this.number('keys', 64n); n > 0n; n--) {
      const [kind, value, ...more] = this.next().split(' ');
      if (value === undefined || more.length) refuse('a key line has two words');
      if (kind === 'log') {
        if (found.witnesses.length) refuse('log keys come before witnesses');
        found.logs.push({ text: value, key: base64(value, 32) });
      } else if (kind === 'witness') found.witnesses.push(witnessKey(value));
      else refuse('a key is of a log or of a witness');
    }
    return found;
  }
  end() { if (this.lines.length) refuse('there is more than a proof in the file'); }
}

function witnessKey(text) {
  const [who, hash, encoded, ...more] = text.split('+');
  const material = more.length ? [encoded, ...more].join('+') : encoded;
  if (!who || !name.test(who) || hash === undefined || material === undefined) refuse('a witness key is NAME+HASH+BASE64');
  const raw = base64(material, 33);
  if (raw[0] !== 4) refuse('a witness key is of type cosignature/v1');
  const w = { text, name: who, key: raw.subarray(1) };
  if (keyId(who, 4, w.key).toString('hex') !== hash) refuse('the witness key does not fit its hash');
  return w;
}

const keyId = (who, type, key) => sha256(who + '\n', Buffer.from([type]), key).subarray(0, 4);

function verify(key, message, signature) {
  try {
    const pub = crypto.createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') }, format: 'jwk' });
    return crypto.verify(null, message, pub, signature);
  } catch { return false; }
}

function origin(line) {
  const m = /^([A-Za-z0-9._/-]+)\/([^/]+)\/epoch-([1-9][0-9]*)$/.exec(line);
  if (!m || !(m[2] in lanes)) refuse('the checkpoint names no log, lane and epoch');
  return { name: m[1], lane: m[2], epoch: number(m[3], 2n ** 31n - 1n) };
}

// checkpoint checks three lines and then exactly one good signature for each listed key, in order.
function checkpoint(signed, keys) {
  const cut = signed.indexOf('\n\n');
  if (cut < 0 || !signed.endsWith('\n')) refuse('the checkpoint has no signatures');
  const text = signed.slice(0, cut + 1);
  const lines = signed.slice(cut + 2, -1).split('\n');
  const [first, size, root, rest, ...more] = text.split('\n');
  if (rest !== '' || more.length) refuse('the checkpoint has three lines');
  const c = { origin: origin(first), size: number(size, 2n ** 62n), root: base64(root, 32) };
  if (!keys.logs.length || lines.length !== keys.logs.length + keys.witnesses.length) refuse('as many signatures as keys');
  if (new Set(lines).size !== lines.length) refuse('a signature is there twice');
  lines.forEach((line, i) => {
    const w = keys.witnesses[i - keys.logs.length];
    const who = w ? w.name : first;
    if (!line.startsWith(`— ${who} `)) refuse(`signature ${i + 1} is not by ${who}`);
    const raw = base64(line.slice(who.length + 3));
    const id = raw.subarray(0, 4);
    let good;
    if (w) {
      const at = raw.length === 76 ? raw.readBigUInt64BE(4) : 2n ** 63n;
      good = at <= maxInt64 && id.equals(keyId(who, 4, w.key)) &&
        verify(w.key, Buffer.from(`cosignature/v1\ntime ${at}\n${text}`), raw.subarray(12));
    } else {
      const k = keys.logs[i].key;
      good = raw.length === 68 && id.equals(keyId(who, 1, k)) && verify(k, Buffer.from(text), raw.subarray(4));
    }
    if (!good) refuse(`signature ${i + 1} is not good`);
  });
  return c;
}

// split is the largest power of two below n.
const split = (n) => { let k = 1n; while (2n * k < n) k *= 2n; return k; };

// included recomputes the root from a leaf (RFC 6962 §2.1.1); path goes from the leaf up.
function included(path, lo, hi, index, leaf) {
  if (index < lo || index >= hi) refuse('the position is not among the entries of the checkpoint');
  if (lo + 1n === hi) return path.length ? refuse('the inclusion proof is too long') : leaf;
  if (!path.length) refuse('the inclusion proof is too short');
  const k = lo + split(hi - lo), last = path[path.length - 1], rest = path.slice(0, -1);
  return index < k ? node(included(rest, lo, k, index, leaf), last) : node(last, included(rest, k, hi, index, leaf));
}

// contains recomputes old and new root (RFC 6962 §2.1.2).
function contains(path, lo, hi, n, old) {
  if (n === hi) {
    if (path.length !== (lo === 0n ? 0 : 1)) refuse('the consistency proof has a wrong length');
    return lo === 0n ? [old, old] : [path[0], path[0]];
  }
  if (!path.length) refuse('the consistency proof is too short');
  const k = lo + split(hi - lo), last = path[path.length - 1], rest = path.slice(0, -1);
  if (n <= k) {
    const [was, is] = contains(rest, lo, k, n, old);
    return [was, node(is, last)];
  }
  const [was, is] = contains(rest, k, hi, n, old);
  return [node(last, was), node(last, is)];
}

function micros(time) {
  const m = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})\.(\d{6})Z$/.exec(time);
  const ms = m ? Date.UTC(m[1], m[2] - 1, m[3], m[4], m[5], m[6]) : NaN;
  if (Number.isNaN(ms) || m[1] < '0100' || new Date(ms).toISOString().slice(0, 19) !== time.slice(0, 19)) refuse('recorded_at is not a time');
  return BigInt(ms) * 1000n + BigInt(m[7]);
}

function checkProof(body, signed) {
  const f = new Lines(body);
  const laneName = f.raw('lane');
  if (!Object.hasOwn(lanes, laneName)) refuse('there is no such lane');
  const position = f.number('position');
  const at = micros(f.raw('recorded_at'));
  const digest = f.hex('digest', 32);
  const content = f.raw('content');
  const here = Buffer.concat([uint64(lanes[laneName]), uint64(position)]);
  let preimage = null;
  if ((content === 'frame') !== (laneName === 'telemetry') && content !== 'withheld') refuse('frames are in the telemetry lane');
  if (content === 'frame') {
    preimage = [Buffer.from('diwan frame v1\n'), here, bytes(base64(f.raw('raw'))), bytes(f.hex('salt', 16))];
  } else if (content === 'event') {
    preimage = [
      Buffer.from('diwan event v1\n'), here,
      bytes(f.text('category')), bytes(f.text('key')), uint64(f.number('version')), bytes(f.uuid('tenant')),
      bytes(f.text('type')), uint64(f.number('schema', 32767n)), bytes(f.uuid('command')), bytes(f.text('actor')),
      bytes(f.text('on_behalf_of')), bytes(f.text('data')), bytes(base64(f.raw('sealed'))), bytes(f.hex('salt', 16)),
    ];
  } else if (content !== 'withheld') refuse('content is event, frame or withheld');
  const path = f.hashes('inclusion');
  const keys = f.keys();
  f.end();
  if (preimage && !sha256(...preimage).equals(digest)) refuse('the content does not give the digest');
  const c = checkpoint(signed, keys);
  if (c.origin.lane !== laneName) refuse('the checkpoint is of another lane');
  if (position < 1n || position > c.size) refuse('the position is not among the entries of the checkpoint');
  const leaf = leafHash(Buffer.concat([Buffer.from('diwan leaf v1\n'), digest, uint64(at)]));
  if (!included(path, 0n, c.size, position - 1n, leaf).equals(c.root)) refuse('the event is not in the log that was signed');
  return { keys, says: `position ${laneName}/${position} of ${c.size}` };
}

function checkConsistency(body, signed) {
  const f = new Lines(body);
  const old = { origin: origin(f.raw('old_origin')), size: f.number('old_size'), root: base64(f.raw('old_root'), 32) };
  const path = f.hashes('path');
  const keys = f.keys();
  f.end();
  const c = checkpoint(signed, keys);
  if (old.origin.name !== c.origin.name || old.origin.lane !== c.origin.lane || old.origin.epoch > c.origin.epoch) refuse('another log');
  if (old.size < 1n || old.size > c.size) refuse('the older log is not shorter');
  const [was, is] = contains(path, 0n, c.size, old.size, old.root);
  if (!was.equals(old.root) || !is.equals(c.root)) refuse('the newer log does not contain the older');
  return { keys, says: `${c.origin.lane} at ${c.size} contains ${old.size}` };
}

function check(raw, trust) {
  let text;
  try { text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw); } catch { refuse('not UTF-8 text'); }
  const cut = text.indexOf('\n\n');
  if (cut < 0) refuse('not a Diwan proof');
  const head = text.slice(0, cut), signed = text.slice(cut + 2);
  const end = head.indexOf('\n');
  const title = head.slice(0, end < 0 ? head.length : end), body = head.slice(title.length + 1);
  const kind = { 'diwan proof v1': checkProof, 'diwan consistency v1': checkConsistency };
  if (!Object.hasOwn(kind, title)) refuse('not a Diwan proof, version 1');
  const { keys, says } = kind[title](body, signed);
  if (trust.logs.length && !keys.logs.some((k) => trust.logs.includes(k.text))) refuse('not signed by a key you trust');
  const agreed = keys.witnesses.filter((w) => trust.witnesses.includes(w.text)).length;
  if (agreed < trust.quorum) refuse(`${agreed} of the witnesses you trust have cosigned, you ask for ${trust.quorum}`);
  const prints = keys.logs.map((k) => sha256(k.key).toString('hex').slice(0, 16));
  return `${says}; signed by ${prints.join(', ')}; witnesses: ${keys.witnesses.map((w) => w.name).join(', ') || 'none'}`;
}

function main(args) {
  const trust = { logs: [], witnesses: [], quorum: 0 };
  let files = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--key') trust.logs.push(args[++i]);
    else if (args[i] === '--witness') trust.witnesses.push(args[++i]);
    else if (args[i] === '--quorum') trust.quorum = Number(args[++i]);
    else if (args[i] === '--list') files = files.concat(fs.readFileSync(0, 'utf8').split('\n').filter(Boolean));
    else files.push(args[i]);
  }
  if (!files.length || !Number.isInteger(trust.quorum)) { console.error('usage: node checker.js [--key K] [--witness W] [--quorum N] FILE...'); return 2; }
  let status = 0;
  for (const file of files) {
    try {
      console.log(`accepted ${file} ${check(fs.readFileSync(file), trust)}`);
    } catch (e) {
      if (!(e instanceof Refused)) throw e;
      console.log(`refused ${file}: ${e.message}`);
      status = 1;
    }
  }
  return status;
}

process.exitCode = main(process.argv.slice(2));
