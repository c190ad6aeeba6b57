namespace Jingwei.Mqtt.Subscribing;

/// <summary>The form `$share/{group}/{filter}` of a shared subscription's filter (MQTT 5.0, section 4.8.2).</summary>
internal static class SharedFilter
{
    private const string Prefix = "$share/";

    public static bool IsShared(string filter) => filter.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Where the topic filter inside begins; 0 when the filter is not shared, -1 when it has no valid group [MQTT-4.8.2-1] [MQTT-4.8.2-2].</summary>
    public static int Inside(string filter)
    {
        if (!IsShared(filter))
        {
            return 0;
        }

        var group = filter.AsSpan(Prefix.Length);
        var length = group.IndexOf('/');
        return length <= 0 || length == group.Length - 1 || group[..length].IndexOfAny('+', '#') >= 0
            ? -1
            : Prefix.Length + length + 1;
    }

    /// <summary>The topic filter inside a valid shared one, which is what is authorised; any other as it is.</summary>
    public static string Topics(string filter) => Inside(filter) is var start and > 0 ? filter[start..] : filter;
}
