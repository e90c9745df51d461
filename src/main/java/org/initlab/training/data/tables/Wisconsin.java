package org.initlab.training.data.tables;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.initlab.training.data.DatasetFault;
import org.initlab.training.data.DatasetInfo;
import org.initlab.training.data.PositiveClass;
import org.initlab.training.data.cache.RowCache;
import org.initlab.training.spec.DatasetSpec;
import org.initlab.training.spec.FeatureShape;

/** The breast-cancer table that ships with the service: 357 benign rows and 19 malignant ones, of 30 numbers each. */
public final class Wisconsin extends TableSource {
    private static final String LABEL = "diagnosis";
    private static final List<String> CLASSES = List.of("benign", "malignant");
    private static final TableFile FILE =
            new DelimitedFile(DatasetSpec.WISCONSIN, new Shipped("wisconsin.csv.gz"), ',', true);

    private record Shipped(String resource) implements DelimitedFile.Content {
        @Override
        public InputStream open() {
            return Wisconsin.class.getResourceAsStream(resource);
        }

        @Override
        public Object stamp() {
            return resource;
        }
    }

    /** The table is small, so nothing of it gets into the cache. */
    public Wisconsin(RowCache cache) {
        super(TableSpace.of(cache));
    }

    @Override
    public DatasetInfo info() {
        return new DatasetInfo(
                DatasetSpec.WISCONSIN,
                CLASSES,
                new PositiveClass(1, CLASSES.get(1)),
                new FeatureShape(null),
                null,
                null,
                true,
                null);
    }

    @Override
    public List<DatasetFault> faults(DatasetSpec spec) {
        List<DatasetFault> faults = new ArrayList<>();
        if (spec.path() != null) {
            faults.add(new DatasetFault("path", "only applies to the data sets image_folder and table"));
        }
        if (spec.testPath() != null) {
            faults.add(new DatasetFault("testPath", "only applies to the data set table"));
        }
        if (spec.label() != null && !spec.label().equals(LABEL)) {
            faults.add(new DatasetFault("label", "must be \"" + LABEL + "\", or left out"));
        }
        TableSpecCheck.augmentationFault(spec).ifPresent(faults::add);
        if (faults.isEmpty()) {
            try (TableReader reader = FILE.open()) {
                faults.addAll(TableLayout.faults(spec.withLabel(LABEL), reader.header(), FILE.name()));
            }
        }
        return faults;
    }

    @Override
    public DatasetSpec resolved(DatasetSpec spec) {
        return super.resolved(spec.withLabel(LABEL));
    }

    @Override
    public List<String> classNames(DatasetSpec spec) {
        return CLASSES;
    }

    @Override
    public PositiveClass defaultPositiveClass(DatasetSpec spec) {
        return info().defaultPositiveClass();
    }

    @Override
    List<TableFile> files(DatasetSpec spec) {
        return List.of(FILE);
    }
}
