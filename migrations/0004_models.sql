-- What language models were asked: every call that left the machine and every answer that a cache
-- gave instead, what was spent in a day, and what kept answers no longer count. Why spending is a sum
-- of its own: it is claimed before a call is made, in one statement that refuses what goes beyond the
-- budget, however many servers ask at once. Why generations: a kept answer lies in memories that no
-- statement reaches; a new number makes all of them strangers.

create table model_calls (
    id uuid primary key,
    owner_id uuid not null references people (id),
    run_id uuid references runs (id) on delete set null,
    at timestamptz not null,
    host text not null,
    provider text not null,
    model text not null,
    purpose text not null,
    -- The prompt and its version, `reword 2`.
    prompt text not null,
    -- What went out, by name; never the words.
    fields text[] not null,
    bytes_out bigint not null,
    bytes_in bigint not null,
    -- As the provider counted them; null where it did not.
    tokens_in bigint,
    tokens_out bigint,
    -- Millionths of a dollar; null where price or tokens are not known.
    cost_micro bigint,
    -- What asking would have cost, where a cache answered.
    saved_micro bigint not null default 0,
    latency_ms bigint not null,
    cached boolean not null,
    -- `answered`, or the code of what went wrong.
    outcome text not null
);
create index model_calls_newest on model_calls (owner_id, at desc);
create index model_calls_run on model_calls (run_id) where run_id is not null;

-- No owner: the whole instance.
create table model_days (
    day date not null,
    owner_id uuid references people (id),
    spent_micro bigint not null,
    calls bigint not null
);
create unique index model_days_whose
    on model_days (day, coalesce(owner_id, '00000000-0000-0000-0000-000000000000'));

create table cache_generations (
    owner_id uuid references people (id),
    generation bigint not null
);
create unique index cache_generations_whose
    on cache_generations (coalesce(owner_id, '00000000-0000-0000-0000-000000000000'));

-- Lines of a draft as they come, for whoever watches; gone when the stage is through.
alter table runs add column arriving_sealed bytea;
