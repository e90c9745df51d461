package org.initlab.deployment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The manifests of {@code kubernetes/}: their deployments, each of one container. */
final class Manifests {
    private static final String IMAGE = "initlab:";
    private static final String[] CONTAINER = {
        "name",
        "image",
        "args",
        "env",
        "envFrom",
        "securityContext",
        "volumeMounts",
        "startupProbe",
        "readinessProbe",
        "livenessProbe",
        "ports",
        "resources"
    };
    private static final String[] POD = {
        "containers", "volumes", "securityContext", "automountServiceAccountToken", "terminationGracePeriodSeconds"
    };

    private final List<JsonNode> objects;
    private final Map<String, Path> secrets;

    private Manifests(List<JsonNode> objects, Map<String, Path> secrets) {
        this.objects = objects;
        this.secrets = secrets;
    }

    /**
     * Reads an overlay.
     *
     * @param name {@code cpu} or {@code gpu}
     * @param secrets a folder of files for each secret of the cluster
     */
    static Manifests read(String name, Map<String, Path> secrets) throws IOException {
        return new Manifests(Kustomization.build(Path.of("kubernetes", name)), secrets);
    }

    List<Workload> workloads() {
        return objects.stream()
                .filter(object -> object.get("kind").asString().equals("Deployment"))
                .map(deployment -> workload(
                        deployment.at("/metadata/name").asString(),
                        deployment.at("/spec/replicas").asInt(1),
                        deployment.at("/spec/template/spec")))
                .toList();
    }

    private Workload workload(String name, int replicas, JsonNode pod) {
        Yaml.requireKnown(pod, "kubernetes: the pod of " + name, POD);
        JsonNode container = pod.at("/containers/0");
        Yaml.requireKnown(container, "kubernetes: the container of " + name, CONTAINER);
        Image image = Image.of(container.get("image").asString().substring(IMAGE.length()));
        Map<String, JsonNode> volumes = new LinkedHashMap<>();
        pod.get("volumes").forEach(volume -> volumes.put(volume.get("name").asString(), volume));
        Set<String> lasting = new LinkedHashSet<>();
        Set<String> scratch = new LinkedHashSet<>();
        Map<String, Path> mountedSecrets = new LinkedHashMap<>();
        for (JsonNode mount : container.get("volumeMounts")) {
            String path = mount.get("mountPath").asString();
            JsonNode volume = volumes.get(mount.get("name").asString());
            if (volume.has("persistentVolumeClaim")) {
                lasting.add(path);
            } else if (volume.has("emptyDir")) {
                scratch.add(path);
            } else {
                mountedSecrets.put(
                        path, secrets.get(volume.at("/secret/secretName").asString()));
            }
        }
        return new Workload(
                name,
                image,
                replicas,
                environment(name + "-" + image.name(), container),
                container.path("args").valueStream().map(JsonNode::asString).toList(),
                pod.at("/securityContext/runAsUser").asString() + ":"
                        + pod.at("/securityContext/runAsGroup").asString(),
                container.at("/securityContext/readOnlyRootFilesystem").asBoolean(),
                lasting,
                scratch,
                mountedSecrets,
                probes(container));
    }

    /** As Kubernetes has it, a variable of the container goes before one of its {@code envFrom}. */
    private Map<String, String> environment(String pod, JsonNode container) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode source : container.path("envFrom")) {
            environment.putAll(Yaml.strings(
                    configMap(source.at("/configMapRef/name").asString()).get("data")));
        }
        for (JsonNode variable : container.path("env")) {
            boolean ofPod =
                    variable.at("/valueFrom/fieldRef/fieldPath").asString("").equals("metadata.name");
            environment.put(
                    variable.get("name").asString(),
                    ofPod ? pod : variable.get("value").asString());
        }
        return environment;
    }

    private JsonNode configMap(String name) {
        return objects.stream()
                .filter(object -> object.get("kind").asString().equals("ConfigMap"))
                .filter(object -> object.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> probes(JsonNode container) {
        List<String> paths = new ArrayList<>();
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            if (container.has(probe)) {
                paths.add(container.at("/" + probe + "/httpGet/path").asString());
            }
        }
        return new LinkedHashSet<>(paths);
    }
}
