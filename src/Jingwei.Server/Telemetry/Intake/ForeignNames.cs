using System.Text;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Server.Telemetry.Intake;

/// <summary>The property that another platform knows by a name of its own: a key of ThingsBoard, a metric of Sparkplug.</summary>
internal static class ForeignNames
{
    /// <summary>
    /// By the channel's names; else the property of that very name; else the name as a property's is written, lower case with underscores, so that
    /// "Motor/Speed (rpm)" is motor_speed_rpm and "fwVersion" is fw_version.
    /// </summary>
    public static string Property(ThingType? type, ChannelMapping? channel, string name) =>
        channel?.Names.GetValueOrDefault(name) ?? (type?.Property(name) is not null ? name : Plain(name));

    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length + 8);
        var last = '_';
        foreach (var each in name)
        {
            var isWord = char.IsAsciiLetterOrDigit(each);
            if (last != '_' && (!isWord || (char.IsAsciiLetterUpper(each) && !char.IsAsciiLetterUpper(last))))
            {
                plain.Append('_');
            }

            if (isWord)
            {
                plain.Append(char.ToLowerInvariant(each));
            }

            last = isWord ? each : '_';
        }

        return plain.ToString().TrimEnd('_');
    }
}
