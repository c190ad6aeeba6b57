namespace Jingwei.Mqtt;

/// <summary>Topic names and filters (MQTT 5.0, section 4.7).</summary>
public static class MqttTopicFilter
{
    /// <summary>Whether this is a topic name: not empty, no wildcard, no U+0000.</summary>
    public static bool IsTopicName(ReadOnlySpan<char> topic) => !topic.IsEmpty && topic.IndexOfAny("+#\0") < 0;

    /// <summary>Whether this is a topic filter: '#' alone in the last level [MQTT-4.7.1-1], '+' alone in its level [MQTT-4.7.1-2].</summary>
    public static bool IsTopicFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty || filter.Contains('\0'))
        {
            return false;
        }

        foreach (var range in filter.Split('/'))
        {
            var level = filter[range];
            var isLast = range.End.Value == filter.Length;
            if (level.Length > 1 ? level.IndexOfAny('+', '#') >= 0 : level is "#" && !isLast)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a valid filter matches a valid topic name; leading wildcards do not match topics that begin with '$' [MQTT-4.7.2-1].</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            return false;
        }

        while (true)
        {
            var level = NextLevel(ref filter, out var filterEnds);
            if (level is "#")
            {
                return true;
            }

            var name = NextLevel(ref topic, out var topicEnds);
            if (level is not "+" && !level.SequenceEqual(name))
            {
                return false;
            }

            if (topicEnds || filterEnds)
            {
                // "sport/#" matches "sport" too.
                return topicEnds && (filterEnds || filter is "#");
            }
        }
    }

    /// <summary>How many levels a name or a filter has.</summary>
    internal static int Levels(ReadOnlySpan<char> topic) => topic.Count('/') + 1;

    /// <summary>Cuts the first level off.</summary>
    internal static ReadOnlySpan<char> NextLevel(ref ReadOnlySpan<char> topic, out bool isLast)
    {
        var slash = topic.IndexOf('/');
        isLast = slash < 0;
        var level = isLast ? topic : topic[..slash];
        topic = isLast ? default : topic[(slash + 1)..];
        return level;
    }
}
