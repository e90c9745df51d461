package org.initlab.results;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The measurements of experiments as they are served; the latest are kept for clients that poll. */
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
     * @param revision of the experiment, read before the call
     * @throws org.initlab.platform.problem.NotFoundException if there is no such experiment
     */
    public byte[] of(UUID id, long revision) {
        return recent.get(
                new Key(id, revision), key -> mapper.writeValueAsBytes(MetricsAssembler.view(reader.measured(id))));
    }
}
