create table state_count (
    kind text not null check (kind in ('experiment', 'run')),
    state text not null,
    change bigint not null
);

comment on table state_count is 'the rows of experiment and run by state, as the sum of the changes: nobody has to count them, and no writer waits for another as at one row a state; folded now and then';

insert into state_count (kind, state, change)
select 'experiment', state, count(*) from experiment group by state
union all select 'run', state, count(*) from run group by state;

create function count_state() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' then
        insert into state_count (kind, state, change) values (tg_table_name, old.state, -1);
    end if;
    if tg_op <> 'DELETE' then
        insert into state_count (kind, state, change) values (tg_table_name, new.state, 1);
    end if;
    return null;
end $$;

create trigger count_rows after insert or delete on experiment
    for each row execute function count_state();
create trigger count_changes after update of state on experiment
    for each row when (old.state <> new.state) execute function count_state();
create trigger count_rows after insert or delete on run
    for each row execute function count_state();
create trigger count_changes after update of state on run
    for each row when (old.state <> new.state) execute function count_state();
