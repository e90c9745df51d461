create table run_tally (
    experiment_id uuid not null,
    state text not null,
    runs bigint not null default 0,
    epochs_done bigint not null default 0,
    epochs_total bigint not null default 0,
    timed_epochs bigint not null default 0,
    seconds double precision not null default 0
);

comment on table run_tally is 'each experiment''s runs by state, as the sum of the changes: nobody has to go through the runs and their epochs. Whoever holds the experiment''s row folds them now and then. No foreign key: its check would lock that row early';
comment on column run_tally.seconds is 'of training and evaluation in the epochs after epoch 0 that have both; these are timed_epochs. They stay with the state that the run was in';

create index run_tally_experiment on run_tally (experiment_id);
comment on index run_tally_experiment is 'an experiment''s tally';

create function tally_new_runs() returns trigger language plpgsql as $$
begin
    insert into run_tally (experiment_id, state, runs, epochs_done, epochs_total)
    select experiment_id, state, count(*), sum(epochs_done), sum(epochs_total) from new_rows group by experiment_id, state;
    return null;
end $$;

create function tally_changed_run() returns trigger language plpgsql as $$
begin
    if old.state = new.state then
        insert into run_tally (experiment_id, state, epochs_done, epochs_total)
        values (new.experiment_id, new.state, new.epochs_done - old.epochs_done, new.epochs_total - old.epochs_total);
    else
        insert into run_tally (experiment_id, state, runs, epochs_done, epochs_total)
        values (old.experiment_id, old.state, -1, -old.epochs_done, -old.epochs_total),
            (new.experiment_id, new.state, 1, new.epochs_done, new.epochs_total);
    end if;
    return null;
end $$;

create function tally_new_epochs() returns trigger language plpgsql as $$
begin
    insert into run_tally (experiment_id, state, timed_epochs, seconds)
    select r.experiment_id, r.state, count(*), sum(e.train_seconds + e.eval_seconds)
    from new_rows e join run r on r.id = e.run_id
    where e.epoch > 0 and e.train_seconds is not null group by r.experiment_id, r.state;
    return null;
end $$;

create function tally_removed_epochs() returns trigger language plpgsql as $$
begin
    -- nothing is left to tally when they go with their run
    insert into run_tally (experiment_id, state, timed_epochs, seconds)
    select r.experiment_id, r.state, -count(*), -sum(e.train_seconds + e.eval_seconds)
    from old_rows e join run r on r.id = e.run_id
    where e.epoch > 0 and e.train_seconds is not null group by r.experiment_id, r.state;
    return null;
end $$;

create function forget_tally() returns trigger language plpgsql as $$
begin
    delete from run_tally where experiment_id = old.id;
    return null;
end $$;

create trigger tally_new after insert on run referencing new table as new_rows
    for each statement execute function tally_new_runs();
-- runs go with their experiment only
create trigger tally_changes after update on run
    for each row when (old.state <> new.state or old.epochs_done <> new.epochs_done or old.epochs_total <> new.epochs_total)
    execute function tally_changed_run();
create trigger tally_new after insert on epoch referencing new table as new_rows
    for each statement execute function tally_new_epochs();
create trigger tally_removed after delete on epoch referencing old table as old_rows
    for each statement execute function tally_removed_epochs();
create trigger tally_forgotten after delete on experiment
    for each row execute function forget_tally();

insert into run_tally (experiment_id, state, runs, epochs_done, epochs_total)
select experiment_id, state, count(*), sum(epochs_done), sum(epochs_total) from run group by experiment_id, state;
insert into run_tally (experiment_id, state, timed_epochs, seconds)
select r.experiment_id, r.state, count(*), sum(e.train_seconds + e.eval_seconds)
from epoch e join run r on r.id = e.run_id
where e.epoch > 0 and e.train_seconds is not null group by r.experiment_id, r.state;

create index run_remarks on run (experiment_id) where rows_ready is not null or waiting_for is not null;
comment on index run_remarks is 'the few runs of an experiment that prepare, or that a worker could not take';

create index run_begun on run (experiment_id, started_at desc) where started_at is not null;
comment on index run_begun is 'the runs of a live experiment that began last, for its gauges';
