"""Writes table_train.parquet and table_test.parquet, the rows of table_train.csv and table_test.csv, kinds.parquet, a column of each type, and bytes.parquet.

Between them they have the usual encodings, compressions and kinds of pages. Needs pandas and pyarrow.
"""
import datetime
import decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq


def table(split):
    frame = pd.read_csv(f"table_{split}.csv")
    return pa.Table.from_pandas(frame.assign(empty=frame["empty"].astype(float)), preserve_index=split == "test")


# the usual file of pandas, in several row groups
pq.write_table(table("train"), "table_train.parquet", compression="snappy", row_group_size=30)
# everything else that it can be, by column
pq.write_table(
    table("test"), "table_test.parquet", data_page_version="2.0", use_dictionary=["member"], data_page_size=100,
    compression={"age": "zstd", "amount": "gzip", "big": "lz4", "city": "none", "fraud": "zstd", "member": "snappy",
                 "always": "snappy", "empty": "zstd", 'note, or "none"': "gzip"},
    column_encoding={"age": "BYTE_STREAM_SPLIT", "amount": "PLAIN", "city": "DELTA_BYTE_ARRAY", "fraud": "DELTA_LENGTH_BYTE_ARRAY"})

pq.write_table(pa.table({
    "int": pa.array([1, None, -3], pa.int64()),
    "delta": pa.array([1, 2, 4], pa.int32()),
    "unsigned": pa.array([255, 0, 1], pa.uint32()),
    "half": pa.array(np.array([0.5, 1, -2], np.float16)),
    "decimal": pa.array([decimal.Decimal("1.25"), None, decimal.Decimal("-0.5")], pa.decimal128(12, 2)),
    "bool": pa.array([True, None, False]),
    "NA": pa.array(["NA", None, "1"]),
    "category": pa.array(["b", "a", "b"]).dictionary_encode(),
    "date": pa.array([datetime.date(2024, 2, 29), None, datetime.date(1969, 12, 31)]),
    "time": pa.array([datetime.datetime(2024, 2, 29, 12, 30, 15)] * 3, pa.timestamp("ns")),
    "list": pa.array([[1, 2], [], None], pa.list_(pa.int64())),
    "struct": pa.array([{"a": 1, "b": {"c": "x"}}] * 3),
    "last": pa.array([1.5, float("nan"), 2.5], pa.float32()),
}), "kinds.parquet", column_encoding={"delta": "DELTA_BINARY_PACKED"}, use_dictionary=["category"])

# as writers do that do not tell texts from other bytes
pq.write_table(pa.table({"bytes": pa.array([b"\xff\xfe"]), "text": pa.array(["é".encode()])}), "bytes.parquet")

# pages with checksums, and ids that a double cannot tell apart
pq.write_table(
    pa.table({"id": pa.array([2**53 + i for i in range(4)]), "x": [0.5, 1.5, 2.5, 3.5]}),
    "checked.parquet", write_page_checksum=True, use_dictionary=False, compression="none", data_page_version="2.0")
