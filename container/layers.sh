#!/bin/sh
# Splits the archive that the build makes into the layers of the image: layers.sh ARCHIVE FOLDER
#   FOLDER/dependencies       the libraries, which seldom change
#   FOLDER/application        the rest of the archive
#   FOLDER/pytorch-cpu        PyTorch for the CPU, unpacked, so that a container with a read-only root has nothing to unpack
#   FOLDER/pytorch-jni-cu128  what DJL needs beside PyTorch's own CUDA libraries
set -eu
archive=$1
folder=$2
lib=$folder/dependencies/lib
application=$folder/application
mkdir -p "$lib" "$application"
tar -xzf "$archive" -C "$application" --strip-components=1
mkdir "$application/own"
mv "$application"/lib/initlab-*.jar "$application/own"
mv "$application"/lib/*.jar "$lib"
rmdir "$application/lib"
mv "$application/own" "$application/lib"
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
