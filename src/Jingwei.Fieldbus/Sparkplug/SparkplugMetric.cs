using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>Which member of the value stands in a metric.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the names that the specification gives them.")]
public enum SparkplugValue
{
    /// <summary>None at all.</summary>
    None,

    /// <summary>32 bits; what they mean is for the data type to say.</summary>
    Int,

    /// <summary>64 bits; what they mean is for the data type to say.</summary>
    Long,
    Float,
    Double,
    Boolean,
    String,

    /// <summary>Bytes, a file, or an array.</summary>
    Bytes,
    DataSet,
    Template,
    Extension,
}

/// <summary>A metric as it lies in its bytes (Sparkplug 3.0, 6.4.6); valid as long as these are.</summary>
public ref struct SparkplugMetric
{
    // Field numbers of the message Metric (6.4.1); the members of its value from 10 on.
    internal const int NameField = 1;
    internal const int AliasField = 2;
    internal const int TimestampField = 3;
    internal const int DataTypeField = 4;
    internal const int HistoricalField = 5;
    internal const int TransientField = 6;
    internal const int NullField = 7;
    internal const int PropertiesField = 9;
    internal const int FirstValueField = 10;
    internal const int LastValueField = 19;

    private ReadOnlySpan<byte> properties;

    /// <summary>UTF-8; empty when it is known by its alias alone.</summary>
    public ReadOnlySpan<byte> Name { readonly get; private set; }

    public ulong? Alias { readonly get; private set; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public ulong? Timestamp { readonly get; private set; }

    /// <summary>Unknown where it is left out, as in data messages [tck-id-payloads-metric-datatype-not-req].</summary>
    public SparkplugDataType DataType { readonly get; private set; }

    /// <summary>It was recorded earlier and is no news of the present.</summary>
    public bool IsHistorical { readonly get; private set; }

    /// <summary>It is not meant to be stored.</summary>
    public bool IsTransient { readonly get; private set; }

    /// <summary>It has no value, and says so.</summary>
    public bool IsNull { readonly get; private set; }

    public SparkplugValue Kind { readonly get; private set; }

    /// <summary>A number's or boolean's bits; 0 for anything else.</summary>
    public ulong Bits { readonly get; private set; }

    /// <summary>Text in UTF-8, bytes, or a data set or template as its own message; empty for a number.</summary>
    public ReadOnlySpan<byte> Bytes { readonly get; private set; }

    /// <summary>The metrics of a template; only where <see cref="Kind"/> says that it is one.</summary>
    public readonly SparkplugTemplate Template => new(Bytes);

    /// <summary>The property `Quality`: 0 bad, 192 good, 500 stale [tck-id-payloads-propertyset-quality-value-value]; null when it has none, which means good.</summary>
    public readonly ulong? Quality => SparkplugProperties.Find(properties, "Quality"u8);

    /// <summary>Text as it is.</summary>
    public readonly string Text() => Encoding.UTF8.GetString(Bytes);

    /// <summary>
    /// The number that the bits stand for; false when the metric holds none. Signed integers come as two's complement in 32 or 64 unsigned
    /// bits (6.4.16); a 64-bit integer beyond 2^53 is rounded to the nearest double.
    /// </summary>
    /// <param name="type">The data type of its birth, or its own.</param>
    public readonly bool TryNumber(SparkplugDataType type, out double number)
    {
        number = (Kind, type) switch
        {
            (SparkplugValue.Float, _) => BitConverter.UInt32BitsToSingle((uint)Bits),
            (SparkplugValue.Double, _) => BitConverter.UInt64BitsToDouble(Bits),
            (SparkplugValue.Int or SparkplugValue.Long, SparkplugDataType.Int8) => (sbyte)Bits,
            (SparkplugValue.Int or SparkplugValue.Long, SparkplugDataType.Int16) => (short)Bits,
            (SparkplugValue.Int or SparkplugValue.Long, SparkplugDataType.Int32) => (int)Bits,
            (SparkplugValue.Int or SparkplugValue.Long, SparkplugDataType.Int64) => (long)Bits,
            (SparkplugValue.Int or SparkplugValue.Long, _) => Bits,
            _ => 0,
        };
        return Kind is SparkplugValue.Float or SparkplugValue.Double or SparkplugValue.Int or SparkplugValue.Long;
    }

    internal static bool TryRead(ReadOnlySpan<byte> bytes, out SparkplugMetric metric)
    {
        metric = default;
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            if (!metric.Take(reader))
            {
                return false;
            }
        }

        return !reader.IsFaulty;
    }

    // The last of a field counts, as protobuf says.
    private bool Take(in ProtobufReader field)
    {
        switch (field.Field)
        {
            case NameField:
                Name = field.Bytes;
                return field.Wire == ProtobufWire.Bytes;
            case AliasField:
                Alias = field.Number;
                break;
            case TimestampField:
                Timestamp = field.Number;
                break;
            case DataTypeField:
                DataType = (SparkplugDataType)(uint)field.Number;
                break;
            case HistoricalField:
                IsHistorical = field.Number != 0;
                break;
            case TransientField:
                IsTransient = field.Number != 0;
                break;
            case NullField:
                IsNull = field.Number != 0;
                break;
            case PropertiesField:
                properties = field.Bytes;
                return field.Wire == ProtobufWire.Bytes;
            case >= FirstValueField and <= LastValueField:
                Kind = (SparkplugValue)(field.Field - FirstValueField + 1);
                Bits = field.Number;
                Bytes = field.Bytes;
                return field.Wire == WireOf(Kind);
            default:
                // Metadata and extensions say nothing about the value.
                return true;
        }

        return field.Wire == ProtobufWire.Varint;
    }

    private static ProtobufWire WireOf(SparkplugValue kind) => kind switch
    {
        SparkplugValue.Int or SparkplugValue.Long or SparkplugValue.Boolean => ProtobufWire.Varint,
        SparkplugValue.Float => ProtobufWire.Fixed32,
        SparkplugValue.Double => ProtobufWire.Fixed64,
        _ => ProtobufWire.Bytes,
    };
}

/// <summary>A template's definition or instance (Sparkplug 3.0, 6.4.13).</summary>
public readonly ref struct SparkplugTemplate(ReadOnlySpan<byte> bytes)
{
    private const int MetricsField = 2;
    private const int DefinitionField = 5;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>It says what instances look like and holds no values [tck-id-payloads-template-definition-is-definition].</summary>
    public bool IsDefinition
    {
        get
        {
            var reader = new ProtobufReader(bytes);
            var isDefinition = false;
            while (reader.Next())
            {
                isDefinition = reader.Field == DefinitionField ? reader.Number != 0 : isDefinition;
            }

            return isDefinition;
        }
    }

    /// <summary>Its members.</summary>
    public SparkplugMetrics Metrics => new(bytes, MetricsField);
}

/// <summary>The properties of a metric: as many keys as values, in the same order (Sparkplug 3.0, 6.4.8).</summary>
internal static class SparkplugProperties
{
    private const int KeysField = 1;
    private const int ValuesField = 2;
    private const int IntField = 3;
    private const int LongField = 4;

    /// <summary>The integer that a key has; null when it has none.</summary>
    public static ulong? Find(ReadOnlySpan<byte> properties, ReadOnlySpan<byte> key)
    {
        var place = -1;
        var keys = 0;
        var reader = new ProtobufReader(properties);
        while (reader.Next())
        {
            if (reader.Field == KeysField)
            {
                place = reader.Bytes.SequenceEqual(key) ? keys : place;
                keys++;
            }
        }

        return place < 0 ? null : At(properties, place);
    }

    private static ulong? At(ReadOnlySpan<byte> properties, int place)
    {
        var reader = new ProtobufReader(properties);
        while (reader.Next())
        {
            if (reader.Field != ValuesField || place-- > 0)
            {
                continue;
            }

            var value = new ProtobufReader(reader.Bytes);
            while (value.Next())
            {
                if (value.Field is IntField or LongField)
                {
                    return value.Number;
                }
            }

            return null;
        }

        return null;
    }
}
