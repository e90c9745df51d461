package org.initlab.training.data.tables;

import java.util.Optional;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Types as a file's footer has them, as the library that decodes columns has them. */
final class ParquetTypes {
    private ParquetTypes() {}

    /** Empty for lists, structures and what contradicts itself. */
    static Optional<PrimitiveType> of(SchemaElement element) {
        FieldRepetitionType repetition = element.getRepetition_type();
        if (!element.isSetType() || repetition == null || repetition == FieldRepetitionType.REPEATED) {
            return Optional.empty();
        }
        try {
            return Optional.of(Types.primitive(name(element), PrimitiveType.Repetition.valueOf(repetition.name()))
                    .length(element.getType_length())
                    .as(meaning(element))
                    .named(element.getName()));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static PrimitiveTypeName name(SchemaElement element) {
        return element.getType() == Type.BYTE_ARRAY
                ? PrimitiveTypeName.BINARY
                : PrimitiveTypeName.valueOf(element.getType().name());
    }

    /** What tells a number, date or time from the plain type; {@code null} if the plain type is meant, or a text. */
    private static @Nullable LogicalTypeAnnotation meaning(SchemaElement element) {
        LogicalType type = element.getLogicalType();
        if (type == null) {
            return converted(element);
        }
        if (type.isSetDECIMAL()) {
            return LogicalTypeAnnotation.decimalType(
                    type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
        }
        if (type.isSetTIMESTAMP()) {
            return LogicalTypeAnnotation.timestampType(
                    type.getTIMESTAMP().isIsAdjustedToUTC(),
                    unit(type.getTIMESTAMP().getUnit()));
        }
        if (type.isSetTIME()) {
            return LogicalTypeAnnotation.timeType(
                    type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
        }
        if (type.isSetINTEGER()) {
            return LogicalTypeAnnotation.intType(
                    type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
        }
        if (type.isSetUUID()) {
            return LogicalTypeAnnotation.uuidType();
        }
        if (type.isSetFLOAT16()) {
            return LogicalTypeAnnotation.float16Type();
        }
        return type.isSetDATE() ? LogicalTypeAnnotation.dateType() : null;
    }

    private static LogicalTypeAnnotation.TimeUnit unit(TimeUnit unit) {
        if (unit.isSetMILLIS()) {
            return LogicalTypeAnnotation.TimeUnit.MILLIS;
        }
        return unit.isSetMICROS() ? LogicalTypeAnnotation.TimeUnit.MICROS : LogicalTypeAnnotation.TimeUnit.NANOS;
    }

    /** As files of before logical types have it. */
    private static @Nullable LogicalTypeAnnotation converted(SchemaElement element) {
        if (!element.isSetConverted_type()) {
            return null;
        }
        return switch (element.getConverted_type()) {
            case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
            case DATE -> LogicalTypeAnnotation.dateType();
            case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MILLIS);
            case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS);
            case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
            case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
            case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
            case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
            case UTF8, MAP, MAP_KEY_VALUE, LIST, ENUM, INT_8, INT_16, INT_32, INT_64, JSON, BSON, INTERVAL -> null;
        };
    }
}
