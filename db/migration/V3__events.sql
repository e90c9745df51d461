create table event (
    experiment_id uuid not null references experiment (id) on delete cascade,
    id bigint not null,
    type text not null check (type in ('epoch', 'run', 'experiment')),
    data json,
    run_id uuid,
    epoch integer,
    primary key (experiment_id, id),
    foreign key (run_id, epoch) references epoch (run_id, epoch) on delete cascade,
    check ((type = 'epoch') = (run_id is not null and epoch is not null)),
    check ((type = 'epoch') = (data is null))
);

comment on table event is 'what event streams send; gone with the epoch that it tells of, or with the experiment';
comment on column event.id is 'the experiment''s revision, given under its row lock: so ids are committed in their order';
comment on column event.data is 'the run or the experiment as it was then; an epoch''s row never changes, so it is read there';

create index event_epoch on event (run_id, epoch) where run_id is not null;
comment on index event_epoch is 'removal of epochs';

create function announce_experiment() returns trigger language plpgsql as $$
begin
    perform pg_notify('experiment', coalesce(new.id, old.id)::text);
    return null;
end $$;

comment on function announce_experiment is 'heard by every API process when the transaction commits';

create trigger announce after update of revision or delete on experiment
    for each row execute function announce_experiment();
