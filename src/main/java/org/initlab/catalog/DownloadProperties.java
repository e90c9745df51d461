package org.initlab.catalog;

import java.net.URI;
import org.initlab.training.catalog.DatasetAddresses;
import org.initlab.training.network.ImageNetWeights;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where data sets and weights are downloaded from, so that a site can use its own mirror; every download is checked by its
 * hash.
 *
 * @param cifar10 the archive of the binary version
 * @param mnist the folder of the four files, ending in a slash
 * @param fashionMnist the folder of the four files, ending in a slash
 * @param imageNetWeights the folder of torchvision's files, ending in a slash
 */
@ConfigurationProperties("initlab.downloads")
record DownloadProperties(URI cifar10, URI mnist, URI fashionMnist, URI imageNetWeights) {
    DownloadProperties {
        DatasetAddresses official = DatasetAddresses.official();
        cifar10 = cifar10 == null ? official.cifar10() : cifar10;
        mnist = mnist == null ? official.mnist() : mnist;
        fashionMnist = fashionMnist == null ? official.fashionMnist() : fashionMnist;
        imageNetWeights = imageNetWeights == null ? ImageNetWeights.OFFICIAL_ADDRESS : imageNetWeights;
    }

    DatasetAddresses datasets() {
        return new DatasetAddresses(cifar10, mnist, fashionMnist);
    }
}
