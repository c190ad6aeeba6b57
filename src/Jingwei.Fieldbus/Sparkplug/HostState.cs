using System.Buffers;
using System.Text.Json;

namespace Jingwei.Fieldbus.Sparkplug;

/// <summary>The birth and death certificates of a host application, retained with QoS 1 on `spBv1.0/STATE/{host}` (Sparkplug 3.0, 6.4.28).</summary>
public static class HostState
{
    /// <summary>Its topic [tck-id-host-topic-phid-birth-topic].</summary>
    public static string TopicOf(string host) => SparkplugTopic.State + host;

    /// <summary>JSON with exactly the keys `online` and `timestamp` [tck-id-host-topic-phid-birth-payload].</summary>
    /// <param name="timestamp">Milliseconds since 1970, UTC.</param>
    public static byte[] Write(bool online, long timestamp)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("online", online);
            writer.WriteNumber("timestamp", timestamp);
            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }
}
