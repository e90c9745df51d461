create table webhook (
    id text primary key,
    gone_at timestamptz
);

comment on table webhook is 'the targets that the newest process with the role api knows; their addresses and secrets are in its settings';
comment on column webhook.id is 'a hash of the address';
comment on column webhook.gone_at is 'when the target wanted no more';

create table webhook_delivery (
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
    primary key (task_name, task_instance)
);

comment on table webhook_delivery is 'db-scheduler''s: what is to be sent, task_instance to webhook task_name; apart from the runs, which have a scheduler of their own';
create index webhook_delivery_due on webhook_delivery (task_name, execution_time);
comment on index webhook_delivery_due is 'the next one to send to a target';
create index webhook_delivery_heartbeat on webhook_delivery (last_heartbeat);
comment on index webhook_delivery_heartbeat is 'deliveries of dead processes';
