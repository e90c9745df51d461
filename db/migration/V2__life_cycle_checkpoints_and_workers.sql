alter table run add column queue_entry integer not null default 1 check (queue_entry >= 1);
alter table run add column pause_requested boolean not null default false;
alter table run add column required_device text check (required_device in ('cpu', 'cuda'));
alter table run add column waiting_for text;
alter table run add column warnings text[] not null default '{}';
alter table run add column restart_allowed boolean not null default false;

comment on column run.fruitless_attempts is 'attempts since the last checkpoint that ended without one; bounded';
comment on column run.queue_entry is 'the run''s only valid entry in scheduled_tasks, id/queue_entry: an older one does nothing';
comment on column run.pause_requested is 'its worker is to checkpoint and let go';
comment on column run.waiting_for is 'why the worker that last looked at the queued run could not take it';
comment on column run.restart_allowed is 'it failed for want of a readable checkpoint: its next attempt may begin at epoch 0';

update scheduled_tasks set task_instance = task_instance || '/1';

create table checkpoint (
    run_id uuid not null references run (id) on delete cascade,
    epoch integer not null check (epoch >= 0),
    step integer not null check (step >= 0),
    file text not null,
    sha256 text not null,
    committed_at timestamptz not null,
    primary key (run_id, epoch, step)
);

comment on table checkpoint is 'the last good checkpoints of each run: after an epoch (step 0), or after a step of the next one';

insert into checkpoint (run_id, epoch, step, file, sha256, committed_at)
select id, checkpoint_epoch, 0, checkpoint_file, checkpoint_sha256, coalesce(finished_at, started_at, created_at)
from run where checkpoint_file is not null;

alter table run drop column checkpoint_file;
alter table run drop column checkpoint_epoch;
alter table run drop column checkpoint_sha256;

create table worker (
    id uuid primary key,
    name text not null,
    host text not null,
    device text not null,
    threads integer not null check (threads > 0),
    run_id uuid,
    started_at timestamptz not null,
    heartbeat_at timestamptz not null
);

comment on table worker is 'a row a worker process, gone after a graceful stop; no foreign key: a run may be deleted under it';

create table idempotency_key (
    key text primary key check (length(key) between 1 and 255),
    body_sha256 text not null,
    experiment_id uuid not null references experiment (id) on delete cascade,
    created_at timestamptz not null
);

create index idempotency_key_experiment on idempotency_key (experiment_id);
comment on index idempotency_key_experiment is 'deletion of an experiment';
