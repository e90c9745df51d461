# syntax=docker/dockerfile:1
# docker build .                    the service for the CPU
# docker build --target cuda .      with PyTorch 2.7.1 for CUDA 12.8, for the NVIDIA container runtime

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# the dependencies are a layer of their own, which changes of the source leave alone
RUN ./mvnw -B -q dependency:go-offline
COPY LICENSE NOTICE ./
COPY db db
COPY src src
COPY container/layers.sh container/
RUN ./mvnw -B -q package -DskipTests && container/layers.sh target/initlab-*.tar.gz /layers

# PyTorch's own build for CUDA 12.8; its wheels have the C++ ABI that DJL's JNI library is built for
FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime AS cuda-libraries
RUN packages=$(python -c 'import torch, pathlib; print(pathlib.Path(torch.__file__).parent.parent)') \
    && mkdir -p /opt/pytorch/torch \
    && cp -a "$packages/torch/lib" /opt/pytorch/torch/lib \
    # the libraries look for these at ../../nvidia
    && cp -a "$packages/nvidia" /opt/pytorch/nvidia \
    # these two need a Python
    && rm -f /opt/pytorch/torch/lib/libtorch_python.so /opt/pytorch/torch/lib/libshm.so

FROM eclipse-temurin:25-jre AS service
RUN groupadd --system --gid 10001 initlab \
    && useradd --system --uid 10001 --gid initlab --no-create-home --shell /usr/sbin/nologin initlab \
    && install -d -o initlab -g initlab /data
WORKDIR /app
COPY --from=build /layers/dependencies/ ./
COPY --chmod=755 container/healthcheck.sh ./
COPY --from=build /layers/application/ ./
# the service writes only to /data and /tmp, so the root file system may be read-only
ENV INITLAB_HOME=/data \
    SERVER_ADDRESS=0.0.0.0 \
    PYTORCH_VERSION=2.7.1 \
    DJL_CACHE_DIR=/tmp/djl \
    JAVA_OPTS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
VOLUME /data
EXPOSE 8080
USER 10001:10001
# on this signal a training run writes a checkpoint and is handed over within 10 seconds
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["/app/healthcheck.sh"]
ENTRYPOINT ["/app/bin/initlab"]

FROM service AS cuda
COPY --from=cuda-libraries /opt/pytorch /opt/pytorch
COPY --from=build /layers/pytorch-jni-cu128/ /opt/pytorch/torch/lib/
ENV PYTORCH_LIBRARY_PATH=/opt/pytorch/torch/lib \
    PYTORCH_FLAVOR=cu128 \
    INITLAB_DEVICE=cuda \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

# the last stage is what docker build makes by default
FROM service AS cpu
COPY --from=build /layers/pytorch-cpu/ /opt/pytorch/
ENV PYTORCH_LIBRARY_PATH=/opt/pytorch \
    PYTORCH_FLAVOR=cpu
