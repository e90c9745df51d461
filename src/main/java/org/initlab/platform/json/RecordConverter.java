package org.initlab.platform.json;

import java.io.IOException;
import org.initlab.platform.problem.InvalidRequestException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Reads a controller's body that is a record with {@link RecordBinder}, so that it is answered with all its faults.
 *
 * @see InvalidRequestException
 */
class RecordConverter extends AbstractHttpMessageConverter<Record> {
    private final RecordBinder binder;

    RecordConverter(RecordBinder binder) {
        super(MediaType.APPLICATION_JSON, new MediaType("application", "*+json"));
        this.binder = binder;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type.isRecord();
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected Record readInternal(Class<? extends Record> type, HttpInputMessage body) throws IOException {
        return binder.bind(body.getBody().readAllBytes(), type);
    }

    @Override
    protected void writeInternal(Record value, HttpOutputMessage answer) {
        throw new UnsupportedOperationException("records are written by Jackson");
    }
}
