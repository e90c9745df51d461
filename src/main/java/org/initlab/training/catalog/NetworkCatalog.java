package org.initlab.training.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.initlab.training.network.Architecture;
import org.initlab.training.network.convnext.ConvNeXts;
import org.initlab.training.network.efficientnet.EfficientNets;
import org.initlab.training.network.mlp.Mlp;
import org.initlab.training.network.mobilenet.MobileNets;
import org.initlab.training.network.resnet.ResNets;
import org.initlab.training.network.scripted.ScriptedArchitecture;

/** The networks that a spec can name. */
public final class NetworkCatalog {
    private static final List<Architecture> ALL = Stream.of(
                    EfficientNets.all(),
                    ResNets.all(),
                    MobileNets.all(),
                    ConvNeXts.all(),
                    List.<Architecture>of(new Mlp(), new ScriptedArchitecture()))
            .flatMap(List::stream)
            .toList();

    private NetworkCatalog() {}

    /** Returns all networks, family by family, smallest first. */
    public static List<Architecture> all() {
        return ALL;
    }

    /** Returns the network with this name; empty if there is none. */
    public static Optional<Architecture> named(String name) {
        return ALL.stream().filter(it -> it.name().equals(name)).findFirst();
    }
}
