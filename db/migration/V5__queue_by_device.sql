alter table scheduled_tasks add column required_device text check (required_device in ('cpu', 'cuda'));
comment on column scheduled_tasks.required_device is 'copied from the run: only workers with such a device take the entry';

update scheduled_tasks entry set required_device = run.required_device
from run
where run.required_device is not null and entry.task_instance = run.id || '/' || run.queue_entry;

comment on column run.fruitless_attempts is 'attempts in a row that ended before the run got further than its last checkpoint; bounded';
comment on column run.restart_allowed is 'it failed because no checkpoint could be read: its next attempt may begin at epoch 0';
