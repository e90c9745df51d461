"""Writes wisconsin.csv.gz from the copy of the table that scikit-learn ships.

All benign rows stay. Of the malignant ones, one for every 19 benign ones is kept, evenly spaced in the table's order, so that
about one row in twenty is malignant. Rows keep their order. The same bytes in every run.
"""
import gzip
import io

from sklearn.datasets import load_breast_cancer

BENIGN_TO_MALIGNANT = 19

table = load_breast_cancer(as_frame=True)
frame = table.data.assign(diagnosis=table.target_names[table.target])
malignant = frame.index[frame["diagnosis"] == "malignant"]
wanted = round((len(frame) - len(malignant)) / BENIGN_TO_MALIGNANT)
kept = {malignant[i * len(malignant) // wanted] for i in range(wanted)}
frame = frame[[row in kept or row not in malignant for row in frame.index]]
with open("wisconsin.csv.gz", "wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
    packed.write(frame.to_csv(index=False, lineterminator="\n").encode())
print(frame["diagnosis"].value_counts().to_dict())
