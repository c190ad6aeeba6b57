namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>Writes the payload of an NCMD or DCMD: what an edge node or device is to set (Sparkplug 3.0, 6.4.26 and 6.4.27). It has no sequence number.</summary>
public sealed class SparkplugCommand
{
    /// <summary>Asks an edge node for all its births anew [tck-id-operational-behavior-data-commands-rebirth-name].</summary>
    public const string Rebirth = "Node Control/Rebirth";

    private readonly ulong timestamp;
    private readonly ProtobufWriter payload = new();

    /// <param name="timestamp">Milliseconds since 1970, UTC [tck-id-payloads-ncmd-timestamp].</param>
    public SparkplugCommand(long timestamp)
    {
        this.timestamp = (ulong)timestamp;
        payload.Varint(SparkplugPayload.TimestampField, this.timestamp);
    }

    /// <summary>The payload.</summary>
    public byte[] ToArray() => payload.Written.ToArray();

    /// <param name="name">The metric.</param>
    /// <param name="alias">Its alias, which then stands alone [tck-id-payloads-alias-data-cmd-requirement]; null when it has none.</param>
    public void Set(string name, ulong? alias, bool value) =>
        Add(name, alias, SparkplugDataType.Boolean, metric => metric.Varint(Field(SparkplugValue.Boolean), value ? 1UL : 0));

    /// <inheritdoc cref="Set(string, ulong?, bool)"/>
    public void Set(string name, ulong? alias, string value) =>
        Add(name, alias, SparkplugDataType.String, metric => metric.Text(Field(SparkplugValue.String), value));

    /// <inheritdoc cref="Set(string, ulong?, bool)"/>
    /// <param name="type">As in the birth; false for a type of no numbers, or when the number does not fit in it.</param>
    public bool TrySet(string name, ulong? alias, SparkplugDataType type, double value)
    {
        var (low, high) = type switch
        {
            SparkplugDataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            SparkplugDataType.Int16 => (short.MinValue, short.MaxValue),
            SparkplugDataType.Int32 => (int.MinValue, int.MaxValue),
            // Doubles below 2^63 and 2^64 end there.
            SparkplugDataType.Int64 => (long.MinValue, Math.BitDecrement((double)long.MaxValue)),
            SparkplugDataType.UInt8 => (0, byte.MaxValue),
            SparkplugDataType.UInt16 => (0, ushort.MaxValue),
            SparkplugDataType.UInt32 => (0, uint.MaxValue),
            SparkplugDataType.UInt64 or SparkplugDataType.DateTime => (0, Math.BitDecrement((double)ulong.MaxValue)),
            SparkplugDataType.Float => (float.MinValue, float.MaxValue),
            SparkplugDataType.Double => (double.MinValue, double.MaxValue),
            _ => (1.0, 0.0),
        };
        if (!(value >= low && value <= high) || (type is not (SparkplugDataType.Float or SparkplugDataType.Double) && value != Math.Truncate(value)))
        {
            return false;
        }

        Add(name, alias, type, metric => Write(metric, type, value));
        return true;
    }

    private static void Write(ProtobufWriter metric, SparkplugDataType type, double value)
    {
        switch (type)
        {
            case SparkplugDataType.Float:
                metric.Fixed32(Field(SparkplugValue.Float), BitConverter.SingleToUInt32Bits((float)value));
                break;
            case SparkplugDataType.Double:
                metric.Fixed64(Field(SparkplugValue.Double), BitConverter.DoubleToUInt64Bits(value));
                break;
            case SparkplugDataType.UInt64 or SparkplugDataType.DateTime:
                metric.Varint(Field(SparkplugValue.Long), (ulong)value);
                break;
            case SparkplugDataType.Int64:
                metric.Varint(Field(SparkplugValue.Long), (ulong)(long)value);
                break;
            default:
                // Two's complement in 32 bits (6.4.16).
                metric.Varint(Field(SparkplugValue.Int), (uint)(long)value);
                break;
        }
    }

    private void Add(string name, ulong? alias, SparkplugDataType type, Action<ProtobufWriter> value)
    {
        var metric = new ProtobufWriter();
        if (alias is { } known)
        {
            metric.Varint(SparkplugMetric.AliasField, known);
        }
        else
        {
            metric.Text(SparkplugMetric.NameField, name);
        }

        metric.Varint(SparkplugMetric.TimestampField, timestamp);
        metric.Varint(SparkplugMetric.DataTypeField, (ulong)type);
        value(metric);
        payload.Bytes(SparkplugPayload.MetricsField, metric.Written);
    }

    private static int Field(SparkplugValue kind) => SparkplugMetric.FirstValueField + (int)kind - 1;
}
