-- What GitHub answered, so that it is asked less and something is there when it is away; and when a
-- source that goes on changing was read last. Why answers belong to a person: whom somebody looks up
-- is their own affair, and leaves with them. Why `key` is a hash: it names an account and its
-- repositories, which are personal.

create table github_answers (
    id uuid primary key,
    owner_id uuid not null references people (id),
    key text not null,
    answer_sealed bytea not null,
    read_at timestamptz not null,
    unique (owner_id, key)
);
create index github_answers_old on github_answers (owner_id, read_at);

-- Its first reading decides the order among sources: who came first keeps the name.
alter table sources add column refreshed_at timestamptz;
