"""Prints what TensorBoard's own reader finds below a folder: for each run its scalars by step, its hyperparameters and its status."""
import json
import sys

from tensorboard.backend.event_processing.event_multiplexer import EventMultiplexer
from tensorboard.plugins.hparams import api_pb2, metadata

root = sys.argv[1]
events = EventMultiplexer(size_guidance={"scalars": 0, "tensors": 0}).AddRunsFromDirectory(root)
events.Reload()
runs = {}
for run in events.Runs():
    tags = events.Runs()[run]["scalars"]
    found = runs[run] = {"scalars": {tag: {event.step: event.value for event in events.Scalars(run, tag)} for tag in tags}}
    for tag in events.Runs()[run]["tensors"]:
        plugin = events.SummaryMetadata(run, tag).plugin_data
        if tag == metadata.SESSION_START_INFO_TAG:
            start = metadata.parse_session_start_info_plugin_data(plugin.content)
            found["hparams"] = {name: getattr(value, value.WhichOneof("kind")) for name, value in start.hparams.items()}
        elif tag == metadata.SESSION_END_INFO_TAG:
            found["status"] = api_pb2.Status.Name(metadata.parse_session_end_info_plugin_data(plugin.content).status)
print(json.dumps(runs))
