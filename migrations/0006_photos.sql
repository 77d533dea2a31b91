-- A person's photo, for templates with a place for one. Why on the person, like the look: there is one,
-- and the next run begins with it. Every photo that is given gets an id of its own, so that pages can
-- say which one they show. A removed one stays for a while, so that it can be put back.
alter table people
    add column photo_id uuid,
    add column photo_sealed bytea,
    add column photo_removed_at timestamptz,
    add constraint people_photo_whole check (
        (photo_id is null) = (photo_sealed is null)
        and (photo_removed_at is null or photo_id is not null)
    );
