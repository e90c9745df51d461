package org.initlab.results;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Experiments' measurements as they are served; those that were asked for last are kept, as those who poll ask again. */
@Component
public class MetricsJson {
    private static final int MOST_BYTES = 16 << 20;

    private final ResultReader reader;
    private final JsonMapper mapper;
    private final Cache<Key, byte[]> recent = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Key key, byte[] json) -> json.length)
            .build();

    MetricsJson(ResultReader reader, JsonMapper mapper) {
        this.reader = reader;
        this.mapper = mapper;
    }

    private record Key(UUID id, long revision) {}

    /**
     * All measurements of an experiment so far, as JSON of a {@link MetricsView}.
     *
     * @param revision the experiment's as read before, or earlier than what is measured
     * @throws org.initlab.platform.problem.NotFoundException where there is no such experiment
     */
    public byte[] of(UUID id, long revision) {
        return recent.get(
                new Key(id, revision), key -> mapper.writeValueAsBytes(MetricsAssembler.view(reader.measured(id))));
    }
}
