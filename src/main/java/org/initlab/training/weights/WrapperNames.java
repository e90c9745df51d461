package org.initlab.training.weights;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes off what wrappers such as DataParallel, torch.compile, Lightning and averages put before a network's own names. */
final class WrapperNames {
    private static final List<String> PREFIXES = List.of(
            "module.",
            "_orig_mod.",
            "model.",
            "_model.",
            "net.",
            "network.",
            "_forward_module.",
            "_fsdp_wrapped_module.",
            "_checkpoint_wrapped_module.",
            "ema.",
            "ema_model.",
            "model_ema.",
            "averaged_model.",
            "average_model.",
            "online_model.",
            "shadow.",
            "wrapped_model.",
            "pl_module.",
            "lightning_module.",
            "state_dict.");

    /** Names that a wrapper gives to a part of a network, which no module is called otherwise. */
    private static final Pattern WITHIN = Pattern.compile(
            "(?<=\\.|^)(?:_orig_mod|_forward_module|_fsdp_wrapped_module|_checkpoint_wrapped_module)\\.");

    /** What wrappers and training scripts keep beside a network's tensors. */
    private static final Pattern EXTRA = Pattern.compile(
            "n_averaged|num_updates|decay|initted|step|(?:.*\\.)?num_batches_tracked"
                    + "|(?:criterion|loss|loss_fn|loss_function)\\.(?:weight|pos_weight)"
                    + "|(?:optimizer|optim|lr_scheduler|scheduler|scaler|grad_scaler)\\..*",
            Pattern.DOTALL);

    /** Bounds the work on a name that is nothing but prefixes. */
    private static final int MOST_PREFIXES = 64;

    private final Set<String> network;

    /** What can come off after each part of the network's names, and after the empty one. */
    private final Map<String, List<String>> prefixes = new LinkedHashMap<>();

    private final boolean wrapsWithin;

    /** For a network's own names, which keep whatever they begin with. */
    WrapperNames(Set<String> network) {
        this.network = network;
        prefixes.put("", foreignTo(""));
        // a wrapped part of the network, such as the backbone
        for (String name : network) {
            if (name.indexOf('.') > 0) {
                prefixes.computeIfAbsent(name.substring(0, name.indexOf('.') + 1), this::foreignTo);
            }
        }
        wrapsWithin = network.stream().anyMatch(name -> WITHIN.matcher(name).find());
    }

    private List<String> foreignTo(String part) {
        return PREFIXES.stream()
                .map(prefix -> part + prefix)
                .filter(prefix -> network.stream().noneMatch(name -> name.startsWith(prefix)))
                .toList();
    }

    /** Returns the network's names by the file's, without what wrappers and scripts keep beside the network's tensors. */
    Map<String, String> strip(Collection<String> names) {
        Map<String, String> clean = new LinkedHashMap<>();
        names.forEach(name -> clean.put(name, name));
        clean.values().removeIf(this::isExtra);
        clean.values().retainAll(wrappedNetwork(clean.values()));
        prefixes.forEach((part, foreign) -> stripRun(part, foreign, clean));
        return stripWithin(clean);
    }

    /**
     * Returns the names under the one wrapper that holds a network and nothing else, where others lie beside it, such as
     * the states of a Lightning module's metrics; else all names.
     */
    private Collection<String> wrappedNetwork(Collection<String> names) {
        for (String prefix : prefixes.get("")) {
            List<String> under =
                    names.stream().filter(name -> name.startsWith(prefix)).toList();
            boolean othersAreForeign =
                    names.stream().noneMatch(name -> !name.startsWith(prefix) && network.contains(name));
            if (!under.isEmpty()
                    && under.size() < names.size()
                    && othersAreForeign
                    && network.containsAll(strip(under).values())) {
                return under;
            }
        }
        return List.copyOf(names);
    }

    /** Takes prefixes off all names that begin with a part's, as long as all have the same. */
    private void stripRun(String part, List<String> foreign, Map<String, String> clean) {
        for (int count = 0; count < MOST_PREFIXES; count++) {
            Optional<String> common = foreign.stream()
                    .filter(prefix -> allBegin(part, prefix, clean.values()))
                    .findFirst();
            if (common.isEmpty()) {
                return;
            }
            int end = common.get().length();
            clean.replaceAll((name, now) -> now.startsWith(common.get()) ? part + now.substring(end) : now);
            clean.values().removeIf(this::isExtra);
        }
    }

    private static boolean allBegin(String part, String prefix, Collection<String> names) {
        return names.stream().anyMatch(name -> name.startsWith(part))
                && names.stream().filter(name -> name.startsWith(part)).allMatch(name -> name.startsWith(prefix));
    }

    private Map<String, String> stripWithin(Map<String, String> clean) {
        Map<String, String> stripped = new LinkedHashMap<>(clean);
        stripped.replaceAll((name, now) -> WITHIN.matcher(now).replaceAll(""));
        boolean ambiguous = new HashSet<>(stripped.values()).size() < stripped.size();
        return wrapsWithin || ambiguous ? clean : stripped;
    }

    private boolean isExtra(String name) {
        return EXTRA.matcher(name).matches() && !network.contains(name);
    }
}
