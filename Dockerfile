# syntax=docker/dockerfile:1
# docker build .                    the service for the CPU
# docker build --target cuda .      with PyTorch 2.7.1 for CUDA 12.8, for the NVIDIA container runtime

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY .mvn .mvn
COPY mvnw pom.xml ./
# the dependencies are a layer that outlives changes of the source
RUN ./mvnw -B -q dependency:go-offline
COPY db db
COPY src src
COPY container/assemble.sh container/
RUN ./mvnw -B -q package -DskipTests && container/assemble.sh /build/target/initlab-*.jar /layout

# PyTorch's own build for CUDA 12.8; its wheels have the C++ ABI that DJL's JNI library is built for
FROM pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime AS cuda-libraries
RUN packages=$(python -c 'import torch, pathlib; print(pathlib.Path(torch.__file__).parent.parent)') \
    && mkdir -p /opt/pytorch/torch \
    && cp -a "$packages/torch/lib" /opt/pytorch/torch/lib \
    # the libraries look for these at ../../nvidia
    && cp -a "$packages/nvidia" /opt/pytorch/nvidia \
    # they need a Python
    && rm -f /opt/pytorch/torch/lib/libtorch_python.so /opt/pytorch/torch/lib/libshm.so

FROM eclipse-temurin:25-jre AS service
RUN groupadd --system --gid 10001 initlab \
    && useradd --system --uid 10001 --gid initlab --no-create-home --shell /usr/sbin/nologin initlab \
    && install -d -o initlab -g initlab /data
WORKDIR /app
COPY --from=build /layout/dependencies/ ./
COPY --chmod=755 container/healthcheck.sh ./
COPY --from=build /layout/application/ ./
# all that is written lies in /data and /tmp: the root file system may be read-only
ENV INITLAB_HOME=/data \
    SERVER_ADDRESS=0.0.0.0 \
    PYTORCH_VERSION=2.7.1 \
    DJL_CACHE_DIR=/tmp/djl \
    MALLOC_ARENA_MAX=1 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError"
VOLUME /data
EXPOSE 8080
USER 10001:10001
# a training checkpoints and hands its run over within 10 seconds
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["/app/healthcheck.sh"]
ENTRYPOINT ["java", "-jar", "initlab.jar"]

FROM service AS cuda
COPY --from=cuda-libraries /opt/pytorch /opt/pytorch
COPY --from=build /layout/pytorch-jni-cu128/ /opt/pytorch/torch/lib/
ENV PYTORCH_LIBRARY_PATH=/opt/pytorch/torch/lib \
    PYTORCH_FLAVOR=cu128 \
    INITLAB_DEVICE=cuda \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility

# the last one is the default
FROM service AS cpu
COPY --from=build /layout/pytorch-cpu/ /opt/pytorch/
ENV PYTORCH_LIBRARY_PATH=/opt/pytorch \
    PYTORCH_FLAVOR=cpu
