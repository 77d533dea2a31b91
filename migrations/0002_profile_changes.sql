-- What people decide about their profile: that two entries are one, that they are two, which of
-- several values is right, what stays off every résumé. Why a list of its own and not a changed
-- profile: the profile is always read anew out of its sources, so that every line keeps its place in
-- them, and every decision can be taken back by leaving it out.

create table profile_changes (
    id uuid primary key,
    owner_id uuid not null references people (id),
    change_sealed bytea not null,
    created_at timestamptz not null default now(),
    undone_at timestamptz
);
create index profile_changes_standing on profile_changes (owner_id, id) where undone_at is null;
