#!/bin/sh
# Lays the service out as its image runs it: assemble.sh JAR FOLDER
# FOLDER/dependencies and application hold a layer each; FOLDER/pytorch-cpu holds PyTorch for the CPU,
# FOLDER/pytorch-jni-cu128 what DJL needs beside PyTorch's own CUDA libraries: so that nothing is unpacked, let alone
# fetched, when a read-only container starts.
set -eu
jar=$1
folder=$2
lib=$folder/dependencies/lib
mkdir -p "$folder/dependencies" "$folder/application"
cp -R "$(dirname "$jar")/lib" "$lib"
cp "$jar" "$folder/application/initlab.jar"
work=$(mktemp -d)
(
    cd "$work"
    jar xf "$lib"/pytorch-native-cpu-*-linux-x86_64.jar pytorch
    jar xf "$lib"/pytorch-jni-*.jar jnilib/linux-x86_64
)
mv "$work/pytorch/cpu/linux-x86_64" "$folder/pytorch-cpu"
mv "$work/jnilib/linux-x86_64/cpu/libdjl_torch.so" "$folder/pytorch-cpu"
mv "$work/jnilib/linux-x86_64/cu128" "$folder/pytorch-jni-cu128"
rm -r "$work"
# the same once more, packed
rm "$lib"/pytorch-native-cpu-*.jar
