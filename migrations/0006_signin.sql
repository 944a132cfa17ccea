-- +goose Up
-- What people sign in with, and the sign-ins that stand. Nothing here opens anything by itself:
-- tokens, codes and keys are kept as hashes, passwords as argon2id, and the seeds of authenticator
-- apps sealed with the person's key of the vault.
create schema signin;

create table signin.account (
  person          text        not null primary key,
  handle          bytea       not null unique,      -- what authenticators know the person by: random, says nothing
  password        text,                             -- argon2id in PHC form; null = no password
  password_at     timestamptz,
  password_alone  boolean     not null default false, -- long enough to be the only factor
  totp            bytea,                            -- sealed seed of the authenticator app
  totp_step       bigint      not null default 0,   -- the newest step that was used
  totp_at         timestamptz,
  suspended_at    timestamptz,
  made_at         timestamptz not null
);

create table signin.passkey (
  id         bytea       not null primary key,      -- the credential's own id
  person     text        not null references signin.account,
  label      text        not null,
  credential jsonb       not null,                  -- public key, flags and counter
  made_at    timestamptz not null,
  used_at    timestamptz
);
create index passkey_person on signin.passkey (person);

create table signin.recovery_code (
  person  text        not null references signin.account,
  hash    bytea       not null,
  used_at timestamptz,
  primary key (person, hash)
);

-- A way in that an administrator starts and the person finishes with a choice of their own. With
-- two hashes two administrators each hold one half of it.
create table signin.invitation (
  id          uuid        not null primary key,
  person      text        not null,
  clears      boolean     not null,                 -- also takes the second factors away
  started_by  text        not null,
  started_at  timestamptz not null,
  hash        bytea       not null unique,
  needs_two   boolean     not null,
  approved_by text,
  approved_at timestamptz,
  second_hash bytea,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  check ((approved_by is null) = (second_hash is null)),
  check (approved_by is distinct from started_by or not needs_two)
);
create index invitation_person on signin.invitation (person);

create table signin.session (
  id               uuid        not null primary key, -- shown to its owner; opens nothing
  hash             bytea       not null unique,      -- of the token
  previous_hash    bytea,                            -- of the token before the last change of rights
  previous_until   timestamptz,
  approval_hash    bytea,                            -- of the cookie that approvals need beside
  person           text        not null,
  principal        text        not null default '',  -- acting for
  level            smallint    not null check (level between 0 and 3),
  means            text[]      not null,
  rights           text        not null,             -- fingerprint of the roles it was opened with
  since            timestamptz not null,
  authenticated_at timestamptz not null,
  step_up_until    timestamptz not null,
  used_at          timestamptz not null,
  ended_at         timestamptz,
  device           text        not null,
  network          text        not null,
  issuer           text        not null default '',
  subject          text        not null default '',
  issuer_session   text        not null default '',
  epoch            int         not null
) with (fillfactor = 70);
create index session_person   on signin.session (person) where ended_at is null;
create index session_previous on signin.session (previous_hash) where previous_hash is not null;
create index session_issuer   on signin.session (issuer, subject) where issuer <> '' and ended_at is null;

-- Failures counted by account, network, pair and device.
create table signin.attempt (
  key        bytea       not null primary key,
  failures   int         not null,
  not_before timestamptz not null,          -- no attempt before
  at         timestamptz not null
) with (fillfactor = 50);
create index attempt_at on signin.attempt (at);

-- What may be used once: ceremonies, half sign-ins, logout tokens.
create table signin.used (
  hash       bytea       not null primary key,
  expires_at timestamptz not null
);
create index used_expires on signin.used (expires_at);

-- People whom another issuer vouches for.
create table signin.identity (
  issuer    text        not null,
  subject   text        not null,
  person    text        not null,
  linked_at timestamptz not null,
  primary key (issuer, subject)
);

-- The key of signed cookies, sealed by the vault: one for the installation.
create table signin.secret (
  name   text  not null primary key,
  sealed bytea not null
);

-- Only sign-in itself reads these tables, and a backup: every other transaction of the running role
-- sees nothing. Not forced, because the owner, who only migrates and restores, loads them by COPY.
-- +goose StatementBegin
do $$
declare t text;
begin
  foreach t in array array['account', 'passkey', 'recovery_code', 'invitation', 'session', 'attempt', 'used', 'identity', 'secret'] loop
    execute format('alter table signin.%I enable row level security', t);
    execute format($p$create policy sign_in on signin.%I using (current_setting('diwan.purpose', true) in ('sign-in', 'backup'))
      with check (current_setting('diwan.purpose', true) = 'sign-in')$p$, t);
  end loop;
end $$;
-- +goose StatementEnd

grant usage on schema signin to diwan_app;
grant select, insert, update on all tables in schema signin to diwan_app;
grant delete on signin.passkey, signin.recovery_code, signin.session, signin.attempt, signin.used, signin.identity to diwan_app;

-- +goose Down
select 1 / 0; -- migrations go forward only
