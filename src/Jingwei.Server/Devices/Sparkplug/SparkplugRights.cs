using Jingwei.Fieldbus.Sparkplug;
using Jingwei.Server.Access;
using Jingwei.Server.Directory;

namespace Jingwei.Server.Devices.Sparkplug;

/// <summary>Who may publish and subscribe below `spBv1.0/`.</summary>
internal static class SparkplugRights
{
    /// <summary>True for a topic or filter of Sparkplug.</summary>
    public static bool Are(string topic) => topic.StartsWith(SparkplugTopic.Namespace, StringComparison.Ordinal);

    public static bool MayPublish(Caller caller, string topic, Things things) => SparkplugTopic.Parse(topic) switch
    {
        // Another host application beside this one.
        null => topic.StartsWith(SparkplugTopic.State, StringComparison.Ordinal) && caller.May(Right.Operate, Scope.Everything),
        { Message: SparkplugMessage.NodeCommand or SparkplugMessage.DeviceCommand } command =>
            things.TryGet(SparkplugIds.Of(command.Group, command.Node), out var node) && caller.May(Right.Operate, things.ScopeOf(node)),
        // Births, deaths and data are judged where they are accounted for, so that what is refused is kept with its reason.
        _ => true,
    };

    /// <param name="speaksFor">Whether the caller is that thing or its gateway, or may operate it.</param>
    public static bool MaySubscribe(Caller caller, string filter, Things things, Func<string, bool> speaksFor)
    {
        if (filter.StartsWith(SparkplugTopic.State, StringComparison.Ordinal))
        {
            return caller.Kind == CallerKind.Thing || caller.MayAnywhere(Right.View);
        }

        var parts = filter[SparkplugTopic.Namespace.Length..].Split('/');
        if (parts is not [var group, _, var node, ..] || IsWildcard(group) || IsWildcard(node))
        {
            return caller.May(Right.View, Scope.Everything);
        }

        var id = SparkplugIds.Of(group, node);
        return speaksFor(id) || (things.TryGet(id, out var thing) && caller.May(Right.View, things.ScopeOf(thing)));
    }

    private static bool IsWildcard(string level) => level is "+" or "#" or "";
}
