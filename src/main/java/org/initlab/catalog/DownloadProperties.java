package org.initlab.catalog;

import java.net.URI;
import org.initlab.platform.StartupException;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.network.ImageNetWeights;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where data sets and weights are downloaded from, so that a site can use its own mirror; every download is checked by its
 * hash.
 *
 * @param cifar10 the archive of the binary version
 * @param mnist the folder of the four files
 * @param fashionMnist the folder of the four files
 * @param imageNetWeights the folder of torchvision's files
 */
@ConfigurationProperties(prefix = "initlab.downloads", ignoreUnknownFields = false)
record DownloadProperties(URI cifar10, URI mnist, URI fashionMnist, URI imageNetWeights) {
    DownloadProperties {
        DatasetAddresses official = DatasetAddresses.official();
        cifar10 = cifar10 == null ? official.cifar10() : web(cifar10);
        mnist = mnist == null ? official.mnist() : folder(mnist);
        fashionMnist = fashionMnist == null ? official.fashionMnist() : folder(fashionMnist);
        imageNetWeights = imageNetWeights == null ? ImageNetWeights.OFFICIAL_ADDRESS : folder(imageNetWeights);
    }

    private static URI folder(URI address) {
        return address.getPath() == null || address.getPath().endsWith("/")
                ? web(address)
                : web(URI.create(address + "/"));
    }

    private static URI web(URI address) {
        if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme())) || address.getHost() == null) {
            throw new StartupException(
                    "One of initlab.downloads is " + address + ", which is no address to download from.",
                    "Give an address that begins with http:// or https:// and a host.");
        }
        return address;
    }

    DatasetAddresses datasets() {
        return new DatasetAddresses(cifar10, mnist, fashionMnist);
    }
}
