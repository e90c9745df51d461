package org.initlab.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the host does for a training step besides computing, which a GPU would wait for: calls into PyTorch, and Java objects. */
final class CallsSection implements Section {
    @Override
    public String name() {
        return "calls";
    }

    @Override
    public void measure(Settings settings, Report report) {
        for (String network : List.of("efficientnet_b1", "mobilenet_v3_small", "resnet50", "convnext_tiny")) {
            List<String> output = counted(network).lines().toList();
            String step = "A training step of " + network + ": ";
            report.add(Row.known(step + "calls through JNI", "", number(output, CountedCalls.CALLS)));
            report.add(Row.known(step + "Java objects", "KiB", number(output, CountedCalls.BYTES) / 1024));
        }
    }

    private static String counted(String network) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djdk.attach.allowAttachSelf=true");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CountedCalls.class.getName()));
        command.addAll(List.of("train", network, "32", "8", "float32"));
        return Command.run(command, Map.of());
    }

    private static double number(List<String> output, String name) {
        return output.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
