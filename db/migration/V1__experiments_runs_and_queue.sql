create table experiment (
    id uuid primary key,
    name text not null check (length(name) between 1 and 200),
    state text not null check (state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
    spec jsonb not null,
    dataset text not null,
    architecture text not null,
    priority integer not null,
    task jsonb,
    revision bigint not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    check (finished_at is null or state in ('SUCCEEDED', 'FAILED', 'CANCELLED'))
);

comment on column experiment.spec is 'what was asked for, with every default filled in';
comment on column experiment.task is 'counts and fingerprint of the data, known once they have been read';
comment on column experiment.revision is 'grows with every change of the experiment or of one of its runs; its ETag';

create index experiment_newest on experiment (created_at desc, id desc);
comment on index experiment_newest is 'GET /experiments without a filter';
create index experiment_by_state on experiment (state, created_at desc, id desc);
comment on index experiment_by_state is 'GET /experiments?state=';

create table run (
    id uuid primary key,
    experiment_id uuid not null references experiment (id) on delete cascade,
    arm text not null,
    arm_index integer not null check (arm_index >= 0),
    trial integer not null check (trial >= 0),
    plan jsonb not null,
    state text not null
        check (state in ('QUEUED', 'RUNNING', 'PAUSED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'DIVERGED')),
    attempt integer not null check (attempt >= 0),
    fruitless_attempts integer not null check (fruitless_attempts between 0 and attempt),
    epochs_total integer not null check (epochs_total >= 0),
    epochs_done integer not null check (epochs_done between 0 and epochs_total),
    threads integer check (threads > 0),
    bias_value double precision,
    device text,
    worker text,
    failure text,
    checkpoint_file text,
    checkpoint_epoch integer,
    checkpoint_sha256 text,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    unique (experiment_id, arm_index, trial),
    check (state <> 'FAILED' or failure is not null),
    check ((checkpoint_file is null) = (checkpoint_epoch is null)),
    check ((checkpoint_file is null) = (checkpoint_sha256 is null))
);

comment on column run.attempt is 'fencing token: every write of a worker names the attempt it was given';
comment on column run.fruitless_attempts is 'attempts since the last finished epoch that ended without one; bounded';
comment on column run.threads is 'set by the first attempt: results are bit-equal for one number of threads only';
comment on column run.bias_value is 'the logit that the output bias was set to before the first step';

create index run_unfinished on run (state, created_at) where state in ('QUEUED', 'RUNNING', 'PAUSED');
comment on index run_unfinished is 'length of the queue and its oldest entry; small whatever the number of finished runs';

create table epoch (
    run_id uuid not null references run (id) on delete cascade,
    epoch integer not null check (epoch >= 0),
    train_loss double precision,
    loss double precision,
    roc_auc double precision check (roc_auc between 0 and 1),
    pr_auc double precision check (pr_auc between 0 and 1),
    brier double precision,
    output_bias double precision,
    train_seconds double precision,
    eval_seconds double precision not null,
    images_per_second double precision,
    committed_at timestamptz not null,
    primary key (run_id, epoch)
);

create table step_loss (
    run_id uuid not null references run (id) on delete cascade,
    epoch integer not null check (epoch >= 1),
    steps integer[] not null,
    losses double precision[] not null,
    primary key (run_id, epoch),
    check (cardinality(steps) = cardinality(losses))
);

comment on table step_loss is 'the kept training losses of one epoch, an array pair: one row instead of thousands';

create table scheduled_tasks (
    task_name text not null,
    task_instance text not null,
    task_data bytea,
    execution_time timestamptz not null,
    picked boolean not null,
    picked_by text,
    last_success timestamptz,
    last_failure timestamptz,
    consecutive_failures integer,
    last_heartbeat timestamptz,
    version bigint not null,
    priority integer,
    primary key (task_name, task_instance)
);

comment on table scheduled_tasks is 'db-scheduler''s: it dispatches runs; the truth about a run is its own row';
create index scheduled_tasks_due on scheduled_tasks (priority desc, execution_time asc);
comment on index scheduled_tasks_due is 'the next run to dispatch';
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
comment on index scheduled_tasks_heartbeat is 'executions of dead workers';
