package org.initlab.training.data.tables;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveStringifier;
import org.apache.parquet.schema.PrimitiveType;
import org.initlab.training.data.ColumnKind;
import org.initlab.training.data.ContentException;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file, and how its values are read: dates and times as ISO texts.
 *
 * @param number reads a value; {@code null} if the column does not hold numbers
 * @param text reads a value as text; it gives {@code null} for NaN, which pandas writes for a missing number
 */
record ParquetColumn(
        ColumnDescriptor descriptor,
        ColumnKind kind,
        @Nullable ToDoubleFunction<ColumnReader> number,
        Function<ColumnReader, @Nullable String> text) {

    String name() {
        return descriptor.getPath()[0];
    }

    /** Empty if the column holds something other than numbers, texts, booleans, dates and times. */
    static Optional<ParquetColumn> of(SchemaElement element) {
        return ParquetTypes.of(element).flatMap(type -> {
            ColumnDescriptor descriptor = new ColumnDescriptor(
                    new String[] {element.getName()},
                    type,
                    0,
                    type.isRepetition(PrimitiveType.Repetition.OPTIONAL) ? 1 : 0);
            return of(descriptor, type.getLogicalTypeAnnotation());
        });
    }

    private static Optional<ParquetColumn> of(ColumnDescriptor descriptor, @Nullable LogicalTypeAnnotation meaning) {
        PrimitiveStringifier written = descriptor.getPrimitiveType().stringifier();
        boolean signed = meaning == null || (meaning instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
        boolean number = meaning instanceof IntLogicalTypeAnnotation
                || meaning instanceof DecimalLogicalTypeAnnotation
                || meaning instanceof Float16LogicalTypeAnnotation;
        return switch (descriptor.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN ->
                Optional.of(texts(descriptor, ColumnKind.BOOLEAN, reader -> reader.getBoolean() ? "True" : "False"));
            case FLOAT -> Optional.of(numbers(descriptor, ColumnReader::getFloat));
            case DOUBLE -> Optional.of(numbers(descriptor, ColumnReader::getDouble));
            case INT32 ->
                Optional.of(
                        signed
                                ? numbers(descriptor, ColumnReader::getInteger)
                                : written(descriptor, number, reader -> written.stringify(reader.getInteger())));
            case INT64 ->
                Optional.of(
                        signed
                                ? longs(descriptor)
                                : written(descriptor, number, reader -> written.stringify(reader.getLong())));
            case BINARY ->
                Optional.of(
                        number
                                ? written(descriptor, true, reader -> written.stringify(reader.getBinary()))
                                : texts(descriptor, ColumnKind.TEXT, ParquetColumn::utf8));
            case FIXED_LEN_BYTE_ARRAY ->
                meaning == null
                        ? Optional.empty()
                        : Optional.of(written(descriptor, number, reader -> written.stringify(reader.getBinary())));
            case INT96 -> Optional.empty();
        };
    }

    /** What is written with a point, a sign or a date's parts though it is stored as a whole number or as bytes. */
    private static ParquetColumn written(
            ColumnDescriptor descriptor, boolean number, Function<ColumnReader, String> text) {
        return number
                ? numbers(descriptor, reader -> Double.parseDouble(text.apply(reader)))
                : texts(descriptor, ColumnKind.TEXT, text);
    }

    private static ParquetColumn numbers(ColumnDescriptor descriptor, ToDoubleFunction<ColumnReader> number) {
        return new ParquetColumn(descriptor, ColumnKind.NUMBER, number, reader -> {
            double value = number.applyAsDouble(reader);
            return Double.isNaN(value) ? null : Cells.shown(value);
        });
    }

    /** As text every digit counts: ids are often longer than a double's digits. */
    private static ParquetColumn longs(ColumnDescriptor descriptor) {
        return new ParquetColumn(
                descriptor, ColumnKind.NUMBER, ColumnReader::getLong, reader -> String.valueOf(reader.getLong()));
    }

    /** Old writers do not tell texts from other bytes, and no two values may become one. */
    private static String utf8(ColumnReader reader) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(reader.getBinary().toByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            ContentException fault =
                    new ContentException("a value is not a text in UTF-8; name the column in exclude, or convert it");
            fault.initCause(e);
            throw fault;
        }
    }

    private static ParquetColumn texts(
            ColumnDescriptor descriptor, ColumnKind kind, Function<ColumnReader, String> text) {
        return new ParquetColumn(descriptor, kind, null, text);
    }
}
