-- People's own keys of model providers, and which calls were made with one. Why a table and not
-- columns of the person: it is asked for at every stage of a run, and leaves as a row when the key is
-- removed or the person goes. Why an id besides the owner: a key that replaces another is another, also
-- to whoever still asks with the old one. The key is sealed with a master key that lies outside of the
-- database; where it belongs to stands plain, because it tells nothing that the ledger does not.

create table model_keys (
    owner_id uuid primary key references people (id) on delete cascade,
    id uuid not null unique,
    provider text not null check (provider in ('gemini', 'openai', 'anthropic')),
    model text not null,
    key_sealed bytea not null,
    -- To tell it from others; too little to guess the rest.
    last_four text not null check (char_length(last_four) = 4),
    made_at timestamptz not null default now(),
    -- When the provider refused it last.
    refused_at timestamptz
);

-- Whether the person's own key paid.
alter table model_calls add column own_key boolean not null default false;
