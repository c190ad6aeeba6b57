using System.Text;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>A Sparkplug B payload as it lies in its bytes (Sparkplug 3.0, 6.4.5); valid as long as these are.</summary>
public readonly ref struct SparkplugPayload
{
    // Field numbers of the message Payload (6.4.1).
    internal const int TimestampField = 1;
    internal const int MetricsField = 2;
    internal const int SeqField = 3;
    internal const int UuidField = 4;

    // What the reference libraries mark a payload with whose metrics are packed into its body; no part of the specification.
    private static readonly byte[] Compressed = Encoding.UTF8.GetBytes("SPBV1.0_COMPRESSED");

    private readonly ReadOnlySpan<byte> bytes;

    private SparkplugPayload(ReadOnlySpan<byte> bytes, ulong? timestamp, ulong? seq, bool isCompressed)
    {
        this.bytes = bytes;
        (Timestamp, Seq, IsCompressed) = (timestamp, seq, isCompressed);
    }

    /// <summary>When it was published, in milliseconds since 1970, UTC.</summary>
    public ulong? Timestamp { get; }

    /// <summary>0 to 255 when it is right; an NDEATH has none.</summary>
    public ulong? Seq { get; }

    /// <summary>Its metrics are packed in a way that the specification does not know.</summary>
    public bool IsCompressed { get; }

    /// <summary>The metrics in their order.</summary>
    public SparkplugMetrics Metrics => new(bytes, MetricsField);

    /// <summary>Reads a payload; false when the bytes are none, also when one of its metrics is broken: a payload counts as a whole or not at all.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SparkplugPayload payload)
    {
        payload = default;
        ulong? timestamp = null;
        ulong? seq = null;
        var isCompressed = false;
        var reader = new ProtobufReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field, reader.Wire)
            {
                case (TimestampField, ProtobufWire.Varint):
                    timestamp = reader.Number;
                    break;
                case (SeqField, ProtobufWire.Varint):
                    seq = reader.Number;
                    break;
                case (UuidField, ProtobufWire.Bytes):
                    isCompressed = reader.Bytes.SequenceEqual(Compressed);
                    break;
                case (MetricsField, ProtobufWire.Bytes):
                    if (!SparkplugMetric.TryRead(reader.Bytes, out _))
                    {
                        return false;
                    }

                    break;
                case (TimestampField or SeqField or UuidField or MetricsField, _):
                    return false;
            }
        }

        payload = new(bytes, timestamp, seq, isCompressed);
        return !reader.IsFaulty;
    }

    /// <summary>The number of the session that births and deaths carry as the metric `bdSeq` [tck-id-payloads-nbirth-bdseq]; null when there is none.</summary>
    public ulong? BirthDeathSequence()
    {
        foreach (var metric in Metrics)
        {
            if (metric.Name.SequenceEqual("bdSeq"u8))
            {
                return metric.Kind is SparkplugValue.Int or SparkplugValue.Long ? metric.Bits : null;
            }
        }

        return null;
    }
}

/// <summary>The metrics of a payload or template, one after the other.</summary>
public ref struct SparkplugMetrics
{
    private readonly int field;
    private ProtobufReader reader;
    private SparkplugMetric current;

    internal SparkplugMetrics(ReadOnlySpan<byte> bytes, int field)
    {
        this.field = field;
        reader = new(bytes);
    }

    /// <summary>The one that <see cref="MoveNext"/> found.</summary>
    public readonly SparkplugMetric Current => current;

    public readonly SparkplugMetrics GetEnumerator() => this;

    /// <summary>Ends at the first that cannot be read; of a payload that was read there is none.</summary>
    public bool MoveNext()
    {
        while (reader.Next())
        {
            if (reader.Field == field)
            {
                return SparkplugMetric.TryRead(reader.Bytes, out current);
            }
        }

        return false;
    }
}
