package org.initlab.training.catalog;

import java.net.URI;

/**
 * Where data sets are downloaded from; downloads are checked against the official files' hashes, so any mirror will do.
 *
 * @param cifar10 the binary version's archive
 * @param mnist the folder of the four gzipped IDX files, ending in {@code /}
 * @param fashionMnist the folder of the four gzipped IDX files, ending in {@code /}
 */
public record DatasetAddresses(URI cifar10, URI mnist, URI fashionMnist) {

    /** The official addresses; for MNIST, PyTorch's mirror, because its home page no longer serves the files. */
    public static DatasetAddresses official() {
        return new DatasetAddresses(
                URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
                URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"),
                URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));
    }
}
